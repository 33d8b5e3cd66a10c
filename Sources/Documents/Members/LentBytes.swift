// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// Finding bytes in bytes that are lent.
struct LentBytes {
  let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var count: Int { bytes.count }

  /// Those before a place, so that what is looked for in a part is not looked for in all.
  func before(_ end: Int) -> LentBytes {
    LentBytes(UnsafeRawBufferPointer(rebasing: bytes.prefix(end)))
  }

  /// Nil beyond the end.
  @inline(__always)
  func byte(at place: Int) -> UInt8? {
    place >= 0 && place < bytes.count ? bytes[place] : nil
  }

  /// Where the next such byte stands, from `start` on.
  func first(_ byte: UInt8, from start: Int = 0) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, Int32(byte), bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// Where the next such text begins.
  func first(_ text: StaticString, from start: Int = 0) -> Int? {
    let beginning = text.utf8Start.pointee
    var place = start
    while let found = first(beginning, from: place) {
      if follows(text, at: found) { return found }
      place = found + 1
    }
    return nil
  }

  /// Whether such a text stands at a place.
  func follows(_ text: StaticString, at place: Int) -> Bool {
    guard place >= 0, bytes.count - place >= text.utf8CodeUnitCount, let base = bytes.baseAddress
    else { return false }
    return memcmp(base + place, text.utf8Start, text.utf8CodeUnitCount) == 0
  }

  /// The same for a text in small letters, in any case.
  func followsInAnyCase(_ text: StaticString, at place: Int) -> Bool {
    guard place >= 0, bytes.count - place >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { wanted in
      wanted.indices.allSatisfy { ByteCursor.lowercased(bytes[place + $0]) == wanted[$0] }
    }
  }

  /// The first place from `start` on that is no white space.
  func skippingSpace(from start: Int = 0) -> Int {
    var place = start
    while place < bytes.count, ByteCursor.isSpace(bytes[place]) { place += 1 }
    return place
  }

  /// A range without the white space around what is in it.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, ByteCursor.isSpace(bytes[start]) { start += 1 }
    while end > start, ByteCursor.isSpace(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  func array(_ range: Range<Int>) -> [UInt8] { Array(bytes[range]) }
}
