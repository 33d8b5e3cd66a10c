// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Foundation
import Testing

@testable import ClusterLog

@Suite("JSON bytes") struct JSONBytesTests {
  private func text(_ body: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    body(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    (0.0, "0.0000"), (1.0, "1.0000"), (0.5, "0.5000"), (0.00004, "0.0000"),
    (0.00005, "0.0001"), (0.99994, "0.9999"), (0.99995, "1.0000"), (12.3456789, "12.3457"),
    (-0.00001, "0.0000"), (-0.25, "-0.2500"), (.nan, "0.0000"), (.infinity, "0.0000"),
    (1e300, "0.0000"), (1.0.nextUp, "1.0000"),
  ]) func measuresHaveFourDecimals(_ value: Double, _ expected: String) {
    #expect(text { $0.append(measure: value) } == expected)
  }

  @Test(arguments: [0, 9, 10, 4_294_967_295, UInt64.max]) func decimals(_ value: UInt64) {
    #expect(text { $0.append(decimal: value) } == "\(value)")
  }

  @Test(arguments: 0..<8) func base64IsThatOfFoundation(_ count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 83 + 250) }
    #expect(text { $0.append(base64: bytes) } == Data(bytes).base64EncodedString())
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
    (951_782_399_999_999, "2000-02-28T23:59:59.999999Z"),
    (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
    (1_709_251_200_000_001, "2024-03-01T00:00:00.000001Z"),
    (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"),
    (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
  ]) func times(_ microseconds: Int64, _ expected: String) {
    #expect(text { $0.append(time: microseconds) } == expected)
  }

  @Test func timesOfFourCenturiesAreThoseOfTheCLibrary() {
    for day in stride(from: -73_000 as Int, to: 73_000, by: 7) {
      var seconds = time_t(day) * 86_400 + 43_201
      var parts = tm()
      gmtime_r(&seconds, &parts)
      let expected = String(
        format: "%04d-%02d-%02dT12:00:01.000000Z", parts.tm_year + 1900, parts.tm_mon + 1,
        parts.tm_mday)
      #expect(text { $0.append(time: Int64(seconds) * 1_000_000) } == expected)
    }
  }
}
