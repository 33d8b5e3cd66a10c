// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration

extension ValueSyntax where Value == Int {
  /// A whole number within limits.
  static func integer(_ limits: ClosedRange<Int>) -> Self {
    let expectation = "a whole number"
    return Self(type: .int, expectation: expectation) {
      content, _ throws(ValueProblem) in
      guard case .int(let value) = content else { throw mismatch(expectation) }
      return try value.within(limits, written: String.init)
    } render: {
      String($0)
    }
  }

  /// A number of bytes within limits, written with its unit.
  static func size(_ limits: ClosedRange<Int>) -> Self {
    let expectation = #"a size such as "16MiB""#
    return Self(type: .string, expectation: expectation) {
      content, _ throws(ValueProblem) in
      guard case .string(let text) = content else { throw mismatch(expectation) }
      guard let value = ByteSizeText.parse(text) else {
        throw ValueProblem(
          "expected \(expectation), found \(TOMLText.quoted(text))",
          remedy: "the units are B, KiB, MiB, GiB, TiB, kB, MB, GB and TB")
      }
      return try value.within(limits) { TOMLText.quoted(ByteSizeText.render($0)) }
    } render: {
      TOMLText.quoted(ByteSizeText.render($0))
    }
  }
}

extension ValueSyntax where Value == Double {
  /// A number within limits.
  static func number(_ limits: ClosedRange<Double>) -> Self {
    let expectation = "a number"
    return Self(type: .double, expectation: expectation) {
      content, _ throws(ValueProblem) in
      guard case .double(let value) = content else { throw mismatch(expectation) }
      return try value.within(limits, written: { String($0) })
    } render: {
      String($0)
    }
  }
}

extension ValueSyntax where Value == Duration {
  /// A time span within limits, written with its unit.
  static func duration(_ limits: ClosedRange<Duration>) -> Self {
    let expectation = #"a duration such as "200ms""#
    return Self(type: .string, expectation: expectation) {
      content, _ throws(ValueProblem) in
      guard case .string(let text) = content else { throw mismatch(expectation) }
      return try timeSpan(in: text, limits, expectation)
    } render: {
      TOMLText.quoted(DurationText.render($0))
    }
  }
}

extension ValueSyntax where Value == Duration? {
  /// A time span within limits, or "forever".
  static func durationOrForever(_ limits: ClosedRange<Duration>) -> Self {
    let forever = "forever"
    let expectation = #"a duration such as "90d", or "forever""#
    return Self(type: .string, expectation: expectation) {
      content, _ throws(ValueProblem) in
      guard case .string(let text) = content else { throw mismatch(expectation) }
      if text == forever { return nil }
      return try timeSpan(in: text, limits, expectation)
    } render: {
      TOMLText.quoted($0.map(DurationText.render) ?? forever)
    }
  }
}

/// The time span that a text names, within limits.
private func timeSpan(
  in text: String, _ limits: ClosedRange<Duration>, _ expectation: String
) throws(ValueProblem) -> Duration {
  guard let value = DurationText.parse(text) else {
    throw ValueProblem(
      "expected \(expectation), found \(TOMLText.quoted(text))",
      remedy: "the units are us, ms, s, min, h, d, w and y")
  }
  return try value.within(limits) { TOMLText.quoted(DurationText.render($0)) }
}

extension Comparable {
  /// The value itself, or the complaint that it is out of range. NaN is always out of range.
  fileprivate func within(
    _ limits: ClosedRange<Self>, written: (Self) -> String
  ) throws(ValueProblem) -> Self {
    guard limits.contains(self) else {
      let low = written(limits.lowerBound)
      let high = written(limits.upperBound)
      throw ValueProblem("\(written(self)) is out of range; from \(low) to \(high) is allowed")
    }
    return self
  }
}
