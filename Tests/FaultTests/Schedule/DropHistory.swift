// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Crypto

/// The content that a file had when nobody was writing it.
struct DroppedContent: Equatable {
  /// What is to become of it where size and name let it in.
  enum Kind: String { case text, empty, binary, tooShort = "too-short" }

  let bytes: [UInt8]
  let kind: Kind
  /// SHA-256 as the log writes it.
  let digest: String

  init(_ bytes: [UInt8], _ kind: Kind = .text) {
    self.bytes = bytes
    self.kind = kind
    digest = SHA256.hash(data: bytes).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

/// What was under each name of a drop directory, one after the other, and is there now.
struct DropHistory {
  enum Version: Equatable, CustomStringConvertible {
    case content(DroppedContent)
    /// Nothing, or a file that is still being written.
    case absent

    var description: String {
      switch self {
      case .content(let content): "\(content.kind.rawValue) \(content.digest.prefix(8))"
      case .absent: "absent"
      }
    }
  }

  private(set) var versions: [String: [Version]] = [:]
  private(set) var live: [String: DroppedContent] = [:]

  /// In order, so that what is drawn from them depends on the seed alone.
  var paths: [String] { live.keys.sorted() }

  mutating func set(_ path: String, _ content: DroppedContent) {
    live[path] = content
    versions[path, default: []].append(.content(content))
  }

  mutating func remove(_ path: String) {
    live[path] = nil
    versions[path, default: []].append(.absent)
  }

  mutating func rename(_ path: String, to new: String) {
    guard let content = live[path] else { return }
    remove(path)
    set(new, content)
  }

  /// Everything in a directory went elsewhere, to where `place` says, or away.
  mutating func move(_ directory: String, to place: String?) {
    for path in paths where path.hasPrefix(directory + "/") {
      if let place {
        rename(path, to: place + path.dropFirst(directory.count))
      } else {
        remove(path)
      }
    }
  }

  mutating func exchangeFiles(_ left: String, _ right: String) {
    guard let first = live[left], let second = live[right] else { return }
    set(left, second)
    set(right, first)
  }

  mutating func exchangeTrees(_ left: String, _ right: String) {
    let (first, second) = (contents(of: left), contents(of: right))
    for path in first.keys { remove(left + path) }
    for path in second.keys { remove(right + path) }
    for (path, content) in first { set(right + path, content) }
    for (path, content) in second { set(left + path, content) }
  }

  private func contents(of directory: String) -> [String: DroppedContent] {
    var found: [String: DroppedContent] = [:]
    for (path, content) in live where path.hasPrefix(directory + "/") {
      found[String(path.dropFirst(directory.count))] = content
    }
    return found
  }
}
