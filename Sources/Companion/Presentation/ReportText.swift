// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// Times, shares and names as people read them.
package enum ReportText {
  /// "2026-11-21 21:25:00", UTC.
  package static func time(_ microseconds: Int64) -> String {
    let text = LogTime.text(microseconds)
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
  }

  /// The same in a column: of what is all of today the time only, of what is all of this year
  /// neither year nor second; in full where nobody looks on.
  package static func times(_ microseconds: [Int64], _ style: OutputStyle) -> [String] {
    let texts = microseconds.map { time($0) }
    guard let now = style.now.map({ time($0) }) else { return texts }
    if texts.allSatisfy({ $0.prefix(10) == now.prefix(10) }) {
      return texts.map { String($0.suffix(8)) }
    }
    let isOfYear = texts.allSatisfy { $0.prefix(4) == now.prefix(4) }
    return texts.map { String($0.dropFirst(isOfYear ? 5 : 0).dropLast(3)) }
  }

  /// "2026-11-21 21:25:00 to 2026-11-21 22:00:00"; once when both are the same second.
  package static func times(_ first: Int64, _ last: Int64) -> String {
    let (first, last) = (time(first), time(last))
    return first == last ? first : "\(first) to \(last)"
  }

  /// "55 %"; what is not all is never rounded to 100 %, nor what is something to 0 %.
  package static func share(_ share: Double) -> String {
    let percent = Int((share * 100).rounded())
    if percent == 100, share < 1 { return "99 %" }
    if percent == 0, share > 0 { return "<1 %" }
    return "\(percent) %"
  }

  /// "0.34"
  package static func measure(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
  }

  /// "12,345"
  package static func count(_ count: Int) -> String {
    var digits = String(count)
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
      place -= 3
    }
    return digits
  }

  /// "1 document", "2,000 documents"
  package static func count(_ count: Int, _ noun: String) -> String {
    "\(self.count(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Four decimals, as the log has them.
  package static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}
