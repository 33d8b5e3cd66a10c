// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// `path` and `path_b64`, which has the bytes where the name is not UTF-8, and `member`.
struct PathFields {
  var text: [UInt8]?
  /// The name of a member of a container.
  var member: [UInt8]?
  private var exact: [UInt8]?

  /// The whole name, as ``MemberPath`` has it.
  var bytes: [UInt8]? {
    guard let file = exact ?? text, let member else { return exact ?? text }
    return MemberPath.join(file, member)
  }

  mutating func takeBase64(_ cursor: inout JSONCursor) throws(LogLineError) {
    guard let bytes = Base64.decode(try cursor.string()) else { throw .wrong("path_b64") }
    exact = bytes
  }
}
