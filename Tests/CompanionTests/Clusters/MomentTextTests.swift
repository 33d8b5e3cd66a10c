// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct MomentTextTests {
  @Test func momentsAndDurations() {
    let now = Records.start
    #expect(MomentText.parse("90min", now: now) == now - 5_400_000_000)
    #expect(MomentText.parse("1d 12h", now: now) == now - 129_600_000_000)
    #expect(MomentText.parse("2026-11-21", now: now) == LogTime.parse("2026-11-21".utf8))
    for text in ["", "5", "yesterday", "-1h"] { #expect(MomentText.parse(text, now: now) == nil) }
  }
}
