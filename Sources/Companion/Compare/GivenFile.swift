// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Daemon
package import Documents
internal import Glibc

/// A file that was named on the command line, or standard input as "-"; or a member of a container,
/// as it is printed: the file, " » ", and the name of the member.
package struct GivenFile: Sendable, Equatable {
  /// What the command line calls standard input.
  package static let standardInput = "-"

  /// As it was given.
  package let name: String
  package let bytes: [UInt8]
  /// How a member is read; nil for a file.
  package let layout: ContainerMember.Layout?

  package init(name: String, bytes: [UInt8], layout: ContainerMember.Layout? = nil) {
    self.name = name
    self.bytes = bytes
    self.layout = layout
  }

  /// Why a file cannot be read.
  package enum Failure: Error, Equatable {
    case system(String, errno: Int32)
    case tooLarge(String, limit: Int)
    case noMember(String, file: String)
    /// It holds several documents, the first of which is this one.
    case several(String, member: [UInt8])
    case unreadable(String, detail: String)
  }

  /// Reads links, pipes and sockets as well; unlike the daemon, for which anybody may drop them.
  ///
  /// - Parameters:
  ///   - limit: Bytes; reading stops beyond it, so an endless pipe fills no memory.
  ///   - extractors: The programs that take archives apart.
  package static func read(
    _ name: String, limit: Int, extractors: Extractors = .none
  ) throws(Failure) -> GivenFile {
    let isInput = name == standardInput
    let descriptor = isInput ? dup(STDIN_FILENO) : open(name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let number = errno
      if number == ENOENT || number == ENOTDIR, let (file, member) = split(name) {
        return try read(name, member: member, of: file, limit, extractors)
      }
      throw .system(name, errno: number)
    }
    defer { close(descriptor) }
    if !isInput, let first = firstMember(of: name, limit, extractors) {
      throw .several(name, member: first)
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw .system(name, errno: errno) }
      if count == 0 { return GivenFile(name: name, bytes: bytes) }
      bytes += buffer[..<count]
      if bytes.count > limit { throw .tooLarge(name, limit: limit) }
    }
  }
}

extension GivenFile {
  /// The file and the rest of a name, where there is such a file.
  private static func split(_ name: String) -> (file: String, member: String)? {
    var start = name.startIndex
    while let found = name[start...].firstRange(of: TerminalText.memberSeparator) {
      let file = String(name[..<found.lowerBound])
      if access(file, F_OK) == 0 { return (file, String(name[found.upperBound...])) }
      start = found.upperBound
    }
    return nil
  }

  /// Nil when the file is one document, or cannot be read.
  private static func firstMember(
    of file: String, _ limit: Int, _ extractors: Extractors
  ) -> [UInt8]? {
    var first: [UInt8]?
    _ = try? MemberLookup(limit: limit, extractors: extractors).find(in: file) { name in
      if first == nil { first = name }
      return true
    }
    return first
  }

  private static func read(
    _ name: String, member: String, of file: String, _ limit: Int, _ extractors: Extractors
  ) throws(Failure) -> GivenFile {
    let lookup = MemberLookup(limit: limit, extractors: extractors)
    let found: MemberLookup.Member
    do throws(MemberLookup.Missing) {
      found = try lookup.find(in: file) { bytes in
        // As it is shown, or as the log has it.
        let names = [TerminalText.safe(bytes), String(decoding: bytes, as: UTF8.self)]
        return names.contains {
          $0 == member || $0.hasSuffix(TerminalText.memberSeparator) && member.hasPrefix($0)
        }
      }
    } catch {
      switch error {
      case .unknown: throw .noMember(member, file: file)
      case .skipped(_, let detail): throw .unreadable(file, detail: detail)
      case .system(let number): throw .system(file, errno: number)
      }
    }
    return GivenFile(name: name, bytes: found.bytes, layout: found.layout)
  }
}

extension GivenFile.Failure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .system(let name, let number):
      "\(TerminalText.safe(name)): \(String(cString: strerror(number)))"
    case .tooLarge(let name, let limit):
      "\(TerminalText.safe(name)): more than \(limit) bytes, which is drop.max-size"
    case .noMember(let member, let file):
      "\(TerminalText.safe(file)) holds no \(TerminalText.safe(member)): members are called as "
        + "neardup and the log call them"
    case .several(let file, let member):
      "\(TerminalText.safe(file)) holds several documents: name one of them, as in "
        + "'\(TerminalText.safe(file))\(TerminalText.memberSeparator)\(TerminalText.safe(member))'"
    case .unreadable(let file, let detail): "\(TerminalText.safe(file)): \(detail)"
    }
  }
}
