// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The one name of a member of a container: the path of the file, a NUL, the member's name in it.
///
/// A path has no NUL, so this is a path like any other for whoever only tells names apart; records
/// show the two as `path` and `member`.
package enum MemberPath {
  /// What stands between the two.
  package static let separator: UInt8 = 0

  /// - Parameter member: UTF-8.
  package static func join(_ path: [UInt8], _ member: [UInt8]) -> [UInt8] {
    path + [separator] + member
  }

  /// The file and, of a member, its name in it.
  package static func split(_ path: [UInt8]) -> (file: ArraySlice<UInt8>, member: [UInt8]?) {
    guard let place = path.firstIndex(of: separator) else { return (path[...], nil) }
    return (path[..<place], Array(path[(place + 1)...]))
  }

  /// The path of the file.
  package static func file(_ path: [UInt8]) -> [UInt8] { Array(split(path).file) }
}
