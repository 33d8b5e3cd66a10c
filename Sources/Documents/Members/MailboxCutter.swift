// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The mails of a mailbox (RFC 4155), called by their Message-ID.
///
/// Each stands behind a line that begins with "From " and, but for the first, behind an empty one.
/// A line of a text can look so where its program did not quote it: what follows must look like a
/// header as well.
struct MailboxCutter: MemberCutter, Sendable {
  /// Enough to see two line ends and the beginning of what is between them.
  private static let overlap = 8

  private let limit: Int
  private var names = MemberNames()
  private var number = 0
  /// No mail begins before that place, behind its first byte.
  private var searched = 1
  /// Within a mail that is too large.
  private var isPassing = false

  init(limit: Int) { self.limit = limit }

  static func hasSeveralMails(_ bytes: LentBytes) -> Bool {
    guard MailHeader.begins(bytes.bytes.prefix(1 << 14)) else { return false }
    if case .found = Beginning.next(bytes, from: 1, isLast: true) { return true }
    return false
  }

  mutating func next(in bytes: UnsafeRawBufferPointer, isLast: Bool) -> MemberStep {
    let lent = LentBytes(bytes)
    if bytes.isEmpty, !isLast || !isPassing { return isLast ? .end : .more }
    let end: Int
    switch Beginning.next(lent, from: searched, isLast: isLast) {
    case .found(let place): end = place
    case .none where isLast: end = bytes.count
    case .none: return wait(lent, max(1, bytes.count - Self.overlap))
    case .unknown(let place): return wait(lent, max(1, place - Self.overlap))
    }
    searched = 1
    let wasPassing = isPassing
    isPassing = false
    number += 1
    let start = wasPassing ? 0 : min(end, (lent.first(0x0A) ?? end) + 1)
    let text = start..<Self.withoutEmptyLine(lent, start, end)
    let isTooLarge = wasPassing || text.count > limit
    let name = isTooLarge ? nil : Self.identifier(lent, text)
    return .member(
      ContainerMember(
        name: names.name(name, "mail", number),
        layout: isTooLarge ? .tooLarge(limit: limit) : .mail, bytes: text, length: end))
  }

  private mutating func wait(_ lent: LentBytes, _ known: Int) -> MemberStep {
    searched = known
    guard lent.count > limit, known > 1 else { return .more }
    searched = 1
    isPassing = true
    // With the byte before, behind which the search begins.
    return .passed(known - 1, isOfMember: true)
  }

  /// The empty line before the next mail is none of this one's.
  private static func withoutEmptyLine(_ lent: LentBytes, _ start: Int, _ end: Int) -> Int {
    guard end - start >= 2, lent.byte(at: end - 1) == 0x0A else { return end }
    var place = end - 1
    if lent.byte(at: place - 1) == 0x0D { place -= 1 }
    return place > start && lent.byte(at: place - 1) == 0x0A ? place : end
  }

  /// What stands in the angle brackets of the Message-ID.
  private static func identifier(_ lent: LentBytes, _ mail: Range<Int>) -> [UInt8]? {
    var line = mail.lowerBound
    while line < mail.upperBound, let end = lent.first(0x0A, from: line), end < mail.upperBound {
      if lent.trimmed(line..<end).isEmpty { return nil }
      if lent.followsInAnyCase("message-id:", at: line) {
        let lent = lent.before(min(end + 400, mail.upperBound))
        guard let open = lent.first(UInt8(ascii: "<"), from: line),
          let close = lent.first(UInt8(ascii: ">"), from: open)
        else { return nil }
        return lent.array(open + 1..<close)
      }
      line = end + 1
    }
    return nil
  }

  /// Where a mail begins.
  private enum Beginning {
    case found(Int)
    case none
    /// One may, and only what comes behind the bytes tells.
    case unknown(Int)

    private static let longestLine = 1_000

    static func next(_ lent: LentBytes, from start: Int, isLast: Bool) -> Beginning {
      var place = start
      while let end = lent.first("\nFrom ", from: max(0, place - 1)) {
        place = end + 2
        guard isEmptyLine(lent, before: end) else { continue }
        let isHeader = headerFollows(lent, end + 1) ?? (isLast ? false : nil)
        guard let isHeader else { return .unknown(end + 1) }
        if isHeader { return .found(end + 1) }
      }
      return .none
    }

    private static func isEmptyLine(_ lent: LentBytes, before end: Int) -> Bool {
      let before = lent.byte(at: end - 1)
      return before == 0x0A || before == 0x0D && lent.byte(at: end - 2) == 0x0A
    }

    /// Whether the line behind the one at a place begins as a field does; nil when that is not
    /// there.
    private static func headerFollows(_ lent: LentBytes, _ line: Int) -> Bool? {
      guard let end = lent.before(line + longestLine).first(0x0A, from: line) else {
        return lent.count - line > longestLine ? false : nil
      }
      var place = end + 1
      while place - end < 80 {
        guard let byte = lent.byte(at: place) else { return nil }
        if byte == UInt8(ascii: ":") { return place > end + 1 }
        guard 0x21...0x7E ~= byte else { return false }
        place += 1
      }
      return false
    }
  }
}
