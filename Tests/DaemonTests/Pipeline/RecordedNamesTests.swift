// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import StateStore
import TestSupport
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct RecordedNamesTests {
  /// A file that the state has and that is taken for new would be looked up in vain: never.
  @Test func knowsAllThatItWasGivenAndFewOthers() {
    var filter = BloomFilter()
    var random = SeededGenerator(seed: 11)
    let keys = (0..<100_000).map { _ in random.next() }
    for (place, key) in keys.enumerated() {
      filter.insert(key)
      if place % 10_000 == 0 { #expect(keys[...place].allSatisfy { filter.mayContain($0) }) }
    }
    #expect(keys.allSatisfy { filter.mayContain($0) })
    let wrong = (0..<100_000).count { _ in filter.mayContain(random.next()) }
    #expect(wrong < 5_000)
  }

  @Test func anEmptyFilterKnowsNothing() {
    #expect(!BloomFilter().mayContain(0))
    #expect(!BloomFilter().mayContain(.max))
  }

  /// Names are those of the state at the start and those that came since, by their directory.
  @Test func readsTheStateAndTakesMore() throws {
    let scene = try RegisterScene()
    let store = try scene.openStore()
    var register = try scene.makeRegister(store, drops: ["/one", "/other"])
    try register.register(scene.document("a.txt", scene.article(1)), time: RegisterScene.start)
    try store.commit(register.turn())
    let names = try RecordedNames(store.makeReader())
    let numbers = try ["/one", "/other"].map { try store.dropNumber(of: Array($0.utf8)) }
    let path = Array("a.txt".utf8)
    #expect(names.mayContain(FileKey(drop: numbers[0], path: path)))
    // Two that may be taken for known by chance, but not both.
    let others = [
      FileKey(drop: numbers[1], path: path), FileKey(drop: numbers[0], path: Array("b.txt".utf8)),
    ]
    #expect(!others.allSatisfy { names.mayContain($0) })
    for key in others { names.insert(key) }
    #expect(others.allSatisfy { names.mayContain($0) })
  }
}
