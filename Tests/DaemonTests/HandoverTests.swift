// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct HandoverTests {
  private struct Owned: ~Copyable {
    let number: Int
  }

  private static func takeNumber(_ handover: Handover<Owned>) -> Int? {
    if let owned = handover.take() { return owned.number }
    return nil
  }

  @Test func givesTheValueOnce() {
    let handover = Handover(Owned(number: 7))
    #expect(Self.takeNumber(handover) == 7)
    #expect(Self.takeNumber(handover) == nil)
  }

  @Test func ofManyTasksOneGetsIt() async {
    let handover = Handover(Owned(number: 7))
    let got = await withTaskGroup(of: Int?.self) { group in
      for _ in 0..<16 { group.addTask { Self.takeNumber(handover) } }
      return await group.reduce(into: [Int]()) { if let number = $1 { $0.append(number) } }
    }
    #expect(got == [7])
  }
}
