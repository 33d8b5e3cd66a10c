// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Inotify
import TestSupport
import Testing

@testable import Daemon
@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct WatchTableTests {
  private func watch(_ number: Int32) -> WatchDescriptor { WatchDescriptor(rawValue: number) }

  private func directory(_ path: String, drop: Int = 0) -> WatchTable.Directory {
    WatchTable.Directory(drop: drop, path: Array(path.utf8))
  }

  @Test func findsBothWays() {
    var table = WatchTable()
    table.insert(watch(1), directory(""))
    table.insert(watch(2), directory("d"))
    #expect(table[watch(2)] == directory("d"))
    #expect(table.contains(directory("")))
    #expect(!table.contains(directory("", drop: 1)))
    #expect(table[WatchDescriptor(rawValue: -1)] == nil)
    table.remove(watch(2))
    table.remove(watch(2))
    #expect(table[watch(2)] == nil)
    #expect(!table.contains(directory("d")))
    #expect(table.count == 1)
  }

  @Test func aDirectoryThatMovedKeepsItsWatchUnderTheNewName() {
    var table = WatchTable()
    table.insert(watch(1), directory("old"))
    table.insert(watch(1), directory("new"))
    #expect(table[watch(1)] == directory("new"))
    #expect(!table.contains(directory("old")))
    table.checkInvariants()
  }

  @Test func aNewDirectoryOfTheSameNameTakesTheNameOver() {
    var table = WatchTable()
    table.insert(watch(1), directory("d"))
    table.insert(watch(2), directory("d"))
    #expect(table[watch(1)] == nil)
    // The end of the old watch, told late, is not the end of the new one.
    table.remove(watch(1))
    #expect(table.contains(directory("d")))
    table.checkInvariants()
  }

  @Test func aTreeGoesAsAWhole() {
    var table = WatchTable()
    for (number, path) in ["", "d", "d/e", "d/e/f", "da", "e"].enumerated() {
      table.insert(watch(Int32(number)), directory(path))
      table.insert(watch(Int32(number + 10)), directory(path, drop: 1))
    }
    #expect(
      Set(table.removeTree(drop: 0, path: Array("d".utf8))) == [watch(1), watch(2), watch(3)])
    #expect(table.count == 9)
    #expect(table.removeTree(drop: 1, path: []).count == 6)
    #expect(table.contains(directory("da")))
    table.checkInvariants()
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func staysConsistent(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var table = WatchTable()
    var model: [WatchDescriptor: WatchTable.Directory] = [:]
    let paths = ["", "a", "a/b", "a/b/c", "b", "ab"]
    for _ in 0..<500 {
      let watch = watch(Int32.random(in: 1...8, using: &random))
      let place = directory(
        paths.randomElement(using: &random)!, drop: Int.random(in: 0...1, using: &random))
      switch Int.random(in: 0..<8, using: &random) {
      case 0:
        table.remove(watch)
        model[watch] = nil
      case 1:
        _ = table.removeTree(drop: place.drop, path: place.path)
        model = model.filter { _, other in
          other.drop != place.drop
            || !(other.path == place.path || RelativePath.isInside(other.path, place.path))
        }
      default:
        table.insert(watch, place)
        model = model.filter { $0.value != place }
        model[watch] = place
      }
      table.checkInvariants()
      #expect(table.count == model.count)
      for (watch, place) in model { #expect(table[watch] == place) }
    }
  }
}
