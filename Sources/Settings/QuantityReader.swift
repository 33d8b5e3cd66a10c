// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Takes numbers with units off the front of a text, without floating point.
struct QuantityReader {
  private var rest: Substring

  package init(_ text: String) {
    rest = text[...]
  }

  package var isAtEnd: Bool { rest.isEmpty }

  /// The next number times its unit, or nil when there is none, it is inexact or too large.
  package mutating func next(units: [String: Int64]) -> Int64? {
    let whole = takeDigits()
    var fraction: Substring = ""
    if rest.first == "." {
      rest.removeFirst()
      fraction = takeDigits()
      guard !fraction.isEmpty else { return nil }
    }
    guard !whole.isEmpty, fraction.count <= 9, let number = Int64(whole) else { return nil }
    skipSpaces()
    let name = rest.prefix { $0.isASCII && $0.isLetter }
    guard let unit = units[String(name)] else { return nil }
    rest.removeFirst(name.count)
    skipSpaces()
    let (product, overflow) = number.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    guard !fraction.isEmpty else { return product }
    return add(fraction, of: unit, to: product)
  }

  private func add(_ fraction: Substring, of unit: Int64, to product: Int64) -> Int64? {
    guard let numerator = Int64(fraction) else { return nil }
    let denominator = fraction.reduce(Int64(1)) { scale, _ in scale * 10 }
    let scaled = numerator.multipliedFullWidth(by: unit)
    let (part, remainder) = denominator.dividingFullWidth(scaled)
    guard remainder == 0 else { return nil }
    let (sum, overflow) = product.addingReportingOverflow(part)
    return overflow ? nil : sum
  }

  private mutating func takeDigits() -> Substring {
    let digits = rest.prefix { $0 >= "0" && $0 <= "9" }
    rest.removeFirst(digits.count)
    return digits
  }

  private mutating func skipSpaces() {
    rest = rest.drop { $0 == " " }
  }
}
