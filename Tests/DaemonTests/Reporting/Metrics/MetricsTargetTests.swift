// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct MetricsTargetTests {
  @Test func aNewPathLeavesTheOldFileToBeRemoved() {
    let target = MetricsTarget("/a")
    target.set("/b")
    #expect(target.take() == ("/b", ["/a"]))
    #expect(target.take() == ("/b", []))
    target.set(nil)
    #expect(target.take() == (nil, ["/b"]))
  }

  @Test func whatIsWrittenAgainIsNotRemoved() {
    let target = MetricsTarget("/a")
    target.set(nil)
    target.set("/a")
    #expect(target.take() == ("/a", []))
  }

  @Test func aFailureIsNewsOnce() {
    let target = MetricsTarget("/a")
    #expect(target.isNews(failed: true))
    #expect(!target.isNews(failed: true))
    #expect(!target.isNews(failed: false))
    #expect(target.isNews(failed: true))
    target.set("/b")
    #expect(target.isNews(failed: true), "another path is another matter")
  }
}
