// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct CommitRequestsTests {
  @Test func aRequestIsTakenOnce() {
    let requests = CommitRequests()
    #expect(!requests.take().reopenLog)
    requests.ask { $0.reopenLog = true }
    requests.ask { $0.reopenLog = true }
    #expect(requests.take().reopenLog)
    #expect(!requests.take().reopenLog)
  }
}
