// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// Rows in the text format of PostgreSQL's COPY: fields parted by tabs, rows by line ends.
package struct CopyText: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var isAtStart = true

  package init() {}

  package var isEmpty: Bool { bytes.isEmpty }

  /// Ends a row.
  package mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isAtStart = true
  }

  package mutating func appendNull() {
    begin()
    bytes.append(contentsOf: #"\N"#.utf8)
  }

  package mutating func append(_ number: some FixedWidthInteger) {
    begin()
    bytes.append(contentsOf: String(number).utf8)
  }

  package mutating func append(_ number: (some FixedWidthInteger)?) {
    if let number { append(number) } else { appendNull() }
  }

  package mutating func append(measure: Double?) {
    guard let measure else { return appendNull() }
    begin()
    bytes.append(contentsOf: String(measure).utf8)
  }

  /// - Parameter time: microseconds since the epoch.
  package mutating func append(time: Int64) {
    begin()
    bytes.append(contentsOf: LogTime.text(time).utf8)
  }

  package mutating func append(text: String?) {
    guard let text else { return appendNull() }
    append(utf8: text.utf8)
  }

  /// What is UTF-8 already; a NUL, which PostgreSQL does not have in texts, becomes U+FFFD.
  package mutating func append(utf8: some Sequence<UInt8>) {
    begin()
    for byte in utf8 {
      switch byte {
      case 0: bytes.append(contentsOf: "\u{FFFD}".utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: #"\r"#.utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: #"\t"#.utf8)
      default: bytes.append(byte)
      }
    }
  }

  /// As `bytea`.
  package mutating func append(bytes binary: [UInt8]?) {
    guard let binary else { return appendNull() }
    begin()
    bytes.append(contentsOf: #"\\x"#.utf8)
    for byte in binary {
      bytes.append(Self.digits[Int(byte >> 4)])
      bytes.append(Self.digits[Int(byte & 15)])
    }
  }

  /// As `integer[]`; an empty list is NULL.
  package mutating func append(list: [UInt32]) {
    if list.isEmpty { return appendNull() }
    begin()
    bytes.append(contentsOf: SQLText.list(list).utf8)
  }

  private static let digits = Array("0123456789abcdef".utf8)

  private mutating func begin() {
    if !isAtStart { bytes.append(UInt8(ascii: "\t")) }
    isAtStart = false
  }
}
