// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct DurationTextTests {
  @Test(arguments: [
    ("0", Duration.zero), ("0s", .zero), ("200ms", .milliseconds(200)), ("5min", .seconds(300)),
    ("5m", .seconds(300)), ("14d", .seconds(1_209_600)), ("2w", .seconds(1_209_600)),
    ("1h30min", .seconds(5400)), ("1h 30min", .seconds(5400)), ("1.5s", .milliseconds(1500)),
    ("0.25 ms", .microseconds(250)), ("750us", .microseconds(750)), ("10 sec", .seconds(10)),
    ("0.000000001s", .nanoseconds(1)),
  ])
  func reads(text: String, duration: Duration) {
    #expect(DurationText.parse(text) == duration)
  }

  @Test(arguments: [
    "", " ", "s", "200", "1.5", "-1s", "+1s", "1.s", ".5s", "1e3s", "5 lightyears", "5M", "5 MIN",
    "1s x", "1s,2s", "0x10s", "٣s", "1s\n", " 1s", "99999999999999999999s", "106752d",
    "9223372036s 9223372036s", "0.0000000001s", "0.001us x",
  ])
  func refuses(text: String) {
    #expect(DurationText.parse(text) == nil)
  }

  @Test(arguments: [
    (Duration.zero, "0"), (.milliseconds(200), "200ms"), (.seconds(300), "5min"),
    (.seconds(5400), "90min"), (.seconds(86_400), "1d"), (.milliseconds(1500), "1500ms"),
    (.nanoseconds(1_000_001), "1ms 0.001us"),
  ])
  func writes(duration: Duration, text: String) {
    #expect(DurationText.render(duration) == text)
  }

  @Test func readingWhatWasWrittenChangesNothing() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2000 {
      let bits = Int.random(in: 0...62, using: &random)
      let duration = Duration.nanoseconds(Int64.random(in: 0...(1 << bits), using: &random))
      #expect(DurationText.parse(DurationText.render(duration)) == duration)
    }
  }
}
