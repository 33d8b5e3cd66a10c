// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct PartitionTests {
  @Test("mergers are followed to the end, whenever they were told")
  func mergers() {
    var partition = Partition()
    for document: UInt32 in 1...6 { partition.put(document, into: document) }
    partition.fold(5, into: 4)
    partition.fold(4, into: 2)
    partition.put(6, into: 2)
    partition.fold(2, into: 1)
    #expect(partition.members() == [1: [1, 2, 4, 5, 6], 3: [3]])
    #expect(partition.members(of: 1) == [1, 2, 4, 5, 6])
    #expect(partition.survivor(of: 5) == 1)
    #expect(partition.isAbsorbed(4))
    #expect(!partition.isAbsorbed(1))
    #expect(partition.group(of: 7) == nil)
    partition.checkInvariants()
  }

  @Test("a document that moved does not follow the group it left")
  func moves() {
    var partition = Partition()
    partition.put(1, into: 1)
    partition.put(2, into: 2)
    partition.put(3, into: 2)
    partition.put(3, into: 3)
    partition.fold(2, into: 1)
    #expect(partition.members() == [1: [1, 2], 3: [3]])
  }

  @Test("a damaged log cannot make it go round in circles", arguments: UInt64(0)..<20)
  func circles(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var partition = Partition()
    for document: UInt32 in 1...30 { partition.put(document, into: document) }
    for _ in 0..<200 {
      partition.fold(.random(in: 1...30, using: &random), into: .random(in: 1...30, using: &random))
    }
    partition.checkInvariants()
    #expect(partition.members().values.map(\.count).reduce(0, +) == 30)
  }

  /// Folds by renaming every document, as slowly and plainly as can be.
  private struct Plain {
    var groups: [UInt32: UInt32] = [:]
    mutating func fold(_ absorbed: UInt32, into survivor: UInt32) {
      for (document, group) in groups where group == absorbed { groups[document] = survivor }
    }
  }

  @Test("it is what renaming the members at each merger gives", arguments: UInt64(0)..<20)
  func agreement(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (partition, plain) = (Partition(), Plain())
    for document: UInt32 in 1...100 {
      // As the daemon does: into groups that stand, and the smaller number survives.
      let standing = Set(plain.groups.values).sorted()
      let group = Bool.random(using: &random) ? standing.randomElement(using: &random) : nil
      partition.put(document, into: group ?? document)
      plain.groups[document] = group ?? document
      let pair = Set(plain.groups.values).shuffled(using: &random).prefix(2).sorted()
      if document.isMultiple(of: 5), pair.count == 2 {
        partition.fold(pair[1], into: pair[0])
        plain.fold(pair[1], into: pair[0])
      }
    }
    for (document, group) in plain.groups { #expect(partition.group(of: document) == group) }
    partition.checkInvariants()
  }
}
