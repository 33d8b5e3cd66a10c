// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// `path` and `path_b64`: the second has the bytes where the name is not UTF-8.
struct PathFields {
  var text: [UInt8]?
  private var exact: [UInt8]?

  var bytes: [UInt8]? { exact ?? text }

  mutating func takeBase64(_ cursor: inout JSONCursor) throws(LogLineError) {
    guard let bytes = Base64.decode(try cursor.string()) else { throw .wrong("path_b64") }
    exact = bytes
  }
}
