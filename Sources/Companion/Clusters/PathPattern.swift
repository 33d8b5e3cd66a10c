// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Settings

/// A shell pattern for paths below a drop directory, in raw bytes.
///
/// Without a slash it is for the file's name, in any directory. With one it is for the whole path,
/// directory by directory, where `**` stands for any number of directories.
package struct PathPattern: Sendable, Equatable {
  private enum Part: Sendable, Equatable {
    case anyDirectories
    case name(GlobPattern)
  }

  private let parts: [Part]

  /// Nil when it could never match or has an unclosed bracket.
  package init?(_ text: String) {
    var parts: [Part] = text.contains("/") ? [] : [.anyDirectories]
    for name in text.split(separator: "/", omittingEmptySubsequences: true) {
      if name == "**" {
        parts.append(.anyDirectories)
      } else if let pattern = try? GlobPattern(String(name)) {
        parts.append(.name(pattern))
      } else {
        return nil
      }
    }
    guard !text.isEmpty, !parts.isEmpty else { return nil }
    self.parts = parts
  }

  /// Of a member of a container its file counts.
  package func matches(_ path: [UInt8]) -> Bool {
    let names = MemberPath.file(path).split(separator: UInt8(ascii: "/"))
    return Self.matches(parts[...], names[...])
  }

  private static func matches(
    _ parts: ArraySlice<Part>, _ names: ArraySlice<ArraySlice<UInt8>>
  ) -> Bool {
    guard let part = parts.first else { return names.isEmpty }
    let rest = parts.dropFirst()
    switch part {
    case .name(let pattern):
      guard let name = names.first, pattern.matches(name) else { return false }
      return matches(rest, names.dropFirst())
    case .anyDirectories:
      return (names.startIndex...names.endIndex).contains { matches(rest, names[$0...]) }
    }
  }
}
