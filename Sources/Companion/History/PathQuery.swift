// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// A path as a user names it, and the names that it may have in the collection.
package struct PathQuery: Sendable, Hashable {
  /// A path below a drop directory; nil where any drop directory will do.
  struct Candidate: Sendable, Hashable {
    let drop: [UInt8]?
    let path: [UInt8]
    /// The member of a container that is meant; nil for all, and for what is none.
    let member: [UInt8]?
  }

  private static let separator = Array(TerminalText.memberSeparator.utf8)

  private let candidates: [Candidate]

  /// - Parameters:
  ///   - text: Below a drop directory, or absolute, or relative to the working directory; of a
  ///     member of a container as it is shown, "file » member".
  ///   - workingDirectory: Absolute.
  ///   - drops: The drop directories that are known, absolute.
  package init(_ text: [UInt8], workingDirectory: [UInt8], drops: [[UInt8]]) {
    var candidates = Self.candidates(text, member: nil, workingDirectory, drops)
    if let place = text.indices.first(where: { text[$0...].starts(with: Self.separator) }) {
      candidates += Self.candidates(
        Array(text[..<place]), member: Array(text[(place + Self.separator.count)...]),
        workingDirectory, drops)
    }
    self.candidates = candidates
  }

  /// Just what a document is recorded under.
  ///
  /// - Parameters:
  ///   - path: Of a member of a container with the member's name.
  ///   - drop: The name of its drop directory; empty where it is not known.
  init(recorded path: [UInt8], drop: [UInt8]) {
    let (file, member) = MemberPath.split(path)
    candidates = [
      Candidate(drop: drop.isEmpty ? nil : drop, path: Array(file), member: member)
    ]
  }

  private static func candidates(
    _ text: [UInt8], member: [UInt8]?, _ workingDirectory: [UInt8], _ drops: [[UInt8]]
  ) -> [Candidate] {
    let slash = UInt8(ascii: "/")
    let isAbsolute = text.first == slash
    let path = plain(text)
    let absolute = isAbsolute ? path : plain(workingDirectory + [slash] + text)
    var candidates = isAbsolute ? [] : [Candidate(drop: nil, path: path, member: member)]
    for drop in drops where absolute.starts(with: drop + [slash]) {
      candidates.append(
        Candidate(
          drop: drop, path: Array(absolute[(drop.count + 1)...]), member: member))
    }
    return candidates
  }

  /// - Parameter drop: the name of the document's drop directory; empty where it is not known.
  ///
  /// The path of a container stands for all that is in it.
  ///
  /// A name that is not UTF-8 is found by its lossy form: an argument comes as that, and it is what
  /// the log shows.
  func matches(_ path: [UInt8], drop: [UInt8]) -> Bool {
    candidates.contains { candidate in
      guard candidate.drop == nil || drop.isEmpty || candidate.drop == drop else { return false }
      let (file, member) = MemberPath.split(path)
      guard candidate.member == nil || candidate.member == member else { return false }
      return candidate.path.elementsEqual(file)
        || candidate.path.elementsEqual(String(decoding: file, as: UTF8.self).utf8)
    }
  }

  /// The paths that may be meant, whatever the drop directory.
  var paths: [[UInt8]] { candidates.map(\.path) }

  /// Without "." and empty parts, and with ".." taken back.
  private static func plain(_ path: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    var parts: [ArraySlice<UInt8>] = []
    for part in path.split(separator: slash) where !part.elementsEqual(".".utf8) {
      if part.elementsEqual("..".utf8) { _ = parts.popLast() } else { parts.append(part) }
    }
    let joined = Array(parts.joined(separator: [slash]))
    return path.first == slash ? [slash] + joined : joined
  }
}
