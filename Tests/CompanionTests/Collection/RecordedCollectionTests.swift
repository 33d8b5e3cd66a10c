// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct RecordedCollectionTests {
  @Test("it is what reading the log says")
  func folding() {
    let collection = Records.collection([
      Records.assigned(1), Records.assigned(2), Records.skipped("x"),
      Records.assigned(3, cluster: 2, like: 2), Records.assigned(4, "2.txt", replaces: 2),
      Records.merged(1, [2], by: 4), Records.moved(3, from: 1, to: 3),
      Records.removed(1, cluster: 1),
    ])
    #expect(collection.documents.map(\.number) == [1, 2, 3, 4])
    #expect(collection.clusters.members() == [1: [1, 2], 3: [3], 4: [4]])
    #expect(collection.successor(of: 2) == 4)
    #expect(!collection.isCurrent(2))
    #expect(collection.isRemoved(1))
    #expect(collection.isCurrent(4))
    #expect(collection[3]?.cluster == 2)
    #expect(collection[5] == nil)
    #expect(!collection.hasSeveralDrops)
  }

  @Test("documents are found where the log begins later and has holes")
  func holes() {
    let collection = Records.collection([4, 5, 8, 9, 20].map { Records.assigned($0) })
    for number: UInt32 in 1...21 {
      #expect((collection[number]?.number == number) == [4, 5, 8, 9, 20].contains(number))
    }
  }
}
