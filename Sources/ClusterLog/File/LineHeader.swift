// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Recognises the project's own lines by how they begin and end, without reading all of them.
struct LineHeader: Equatable {
  let sequence: UInt64

  /// Reads the number of a line without its line end; nil when the line is not one of ours.
  init?(_ line: ArraySlice<UInt8>) {
    guard line.last == UInt8(ascii: "}"), let sequence = Self.sequence(line) else { return nil }
    self.sequence = sequence
  }

  /// The number that a line begins with, whether or not the line goes on as it should.
  static func sequence(_ line: ArraySlice<UInt8>) -> UInt64? {
    let prefix = RecordEncoder.linePrefix
    guard line.starts(with: prefix) else { return nil }
    var rest = line.dropFirst(prefix.count)
    var value: UInt64 = 0
    var digits = 0
    while let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      // 19 digits always fit and last for longer than any disk.
      guard digits < 19 else { return nil }
      value = value * 10 + UInt64(byte - UInt8(ascii: "0"))
      digits += 1
      rest = rest.dropFirst()
    }
    guard digits > 0, value > 0, rest.starts(with: #","time":""#.utf8) else { return nil }
    return value
  }

  /// Whether bytes without a line end can be the start of one of our lines, cut off anywhere.
  static func canBegin(_ bytes: ArraySlice<UInt8>) -> Bool {
    let prefix = RecordEncoder.linePrefix
    return bytes.count < prefix.count ? prefix.starts(with: bytes) : bytes.starts(with: prefix)
  }
}
