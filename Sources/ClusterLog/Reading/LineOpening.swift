// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the first fields of a line say, read without the rest: for scans of long logs.
package struct LineOpening: Sendable, Equatable {
  package let sequence: UInt64
  package let event: LogEvent
  /// The document of a line that has it right behind `event`.
  package let document: UInt32?

  /// Nil for a line that this program has not written; it may be a record all the same.
  package init?(_ line: ArraySlice<UInt8>) {
    guard let header = LineHeader(line) else { return nil }
    sequence = header.sequence
    let opening = line.prefix(Self.length)
    guard let quote = Self.end(of: #"Z","event":""#, in: opening) else { return nil }
    let name = opening[quote...].prefix { $0 != UInt8(ascii: "\"") }
    guard let event = LogEvent(rawValue: String(decoding: name, as: UTF8.self)) else { return nil }
    self.event = event
    let rest = opening[name.endIndex...]
    let mark = #"","document":"#.utf8
    guard rest.starts(with: mark) else {
      document = nil
      return
    }
    let digits = rest.dropFirst(mark.count).prefix { (0x30...0x39).contains($0) }
    document = UInt32(String(decoding: digits, as: UTF8.self))
  }

  /// The story in a line of an assigned document; nil when it has none.
  ///
  /// No string can look like this, since quotation marks in strings are escaped.
  package static func story(in line: ArraySlice<UInt8>) -> UInt32? {
    guard let end = ByteSearch.end(of: #","story":"s"#, in: line) else { return nil }
    let digits = line[end...].prefix { (0x30...0x39).contains($0) }
    return UInt32(String(decoding: digits, as: UTF8.self))
  }

  /// Enough for the longest number, event and document.
  private static let length = 160

  private static func end(of mark: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
    let mark = UnsafeBufferPointer(start: mark.utf8Start, count: mark.utf8CodeUnitCount)
    // The time has a fixed length, so the mark is where it should be or not at all.
    guard var place = bytes.firstIndex(of: UInt8(ascii: "Z")) else { return nil }
    for byte in mark {
      guard place < bytes.endIndex, bytes[place] == byte else { return nil }
      place += 1
    }
    return place
  }
}
