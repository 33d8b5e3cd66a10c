// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// JSON Lines: each line that is not empty is a member, called by the line's number.
struct LineCutter: MemberCutter, Sendable {
  private static let lineEnd: UInt8 = 0x0A

  private let limit: Int
  private var line = 0
  /// So many bytes have no line end among them.
  private var searched = 0
  /// Within a line that is too large.
  private var isPassing = false

  init(limit: Int) { self.limit = limit }

  mutating func next(in bytes: UnsafeRawBufferPointer, isLast: Bool) -> MemberStep {
    let lent = LentBytes(bytes)
    if bytes.isEmpty, !(isLast && isPassing) { return isLast ? .end : .more }
    guard let end = lent.first(Self.lineEnd, from: searched) ?? (isLast ? bytes.count : nil) else {
      searched = bytes.count
      guard bytes.count > limit else { return .more }
      searched = 0
      isPassing = true
      return .passed(bytes.count, isOfMember: true)
    }
    searched = 0
    line += 1
    let length = min(end + 1, bytes.count)
    var text = lent.trimmed(0..<end)
    if line == 1, lent.follows("\u{FEFF}", at: text.lowerBound) {
      text = text.lowerBound + 3..<text.upperBound
    }
    let wasPassing = isPassing
    isPassing = false
    if text.isEmpty, !wasPassing { return .passed(length, isOfMember: false) }
    return .member(
      ContainerMember(
        name: MemberNames.place("line", line),
        layout: wasPassing || text.count > limit ? .tooLarge(limit: limit) : .json,
        bytes: text, length: length))
  }

  /// Whether there is an object a line: in a file that is named so one is enough, as a damaged one
  /// before it does not matter there.
  static func areObjects(_ bytes: LentBytes, from start: Int, isNamed: Bool) -> Bool {
    let (first, next) = line(bytes, from: start)
    let second = next.map { line(bytes, from: $0).text }
    let hasSecond = second.map { bytes.byte(at: $0.lowerBound) == UInt8(ascii: "{") } ?? false
    if isObject(bytes, first) { return isNamed || hasSecond }
    return isNamed && hasSecond && second.map { isObject(bytes, $0) } ?? false
  }

  /// The next line that is not empty, and where to look for the one behind it.
  private static func line(_ bytes: LentBytes, from start: Int) -> (text: Range<Int>, next: Int?) {
    let start = bytes.skippingSpace(from: start)
    let end = bytes.first(lineEnd, from: start)
    return (bytes.trimmed(start..<(end ?? bytes.count)), end)
  }

  /// Whether a line is one object from its first byte to its last, by its braces.
  private static func isObject(_ bytes: LentBytes, _ line: Range<Int>) -> Bool {
    guard bytes.byte(at: line.lowerBound) == UInt8(ascii: "{"),
      bytes.byte(at: line.upperBound - 1) == UInt8(ascii: "}"),
      let next = bytes.byte(at: bytes.skippingSpace(from: line.lowerBound + 1)),
      next == UInt8(ascii: "\"") || next == UInt8(ascii: "}")
    else { return false }
    var depth = 0
    var place = line.lowerBound
    while place < line.upperBound {
      switch bytes.bytes[place] {
      case UInt8(ascii: "\""):
        place += 1
        while place < line.upperBound, bytes.bytes[place] != UInt8(ascii: "\"") {
          place += bytes.bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      place += 1
      if depth == 0, place < line.upperBound { return false }
    }
    return depth == 0
  }
}
