// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the collection has shown lately: how many stories hold each term, and which lines came.
///
/// Two generations in fixed memory, 6 MB from the first unit on: after 8,192 units the current one
/// becomes the old one.
/// Terms are counted by a count-min sketch with two counters each and conservative updating, in
/// eighths; lines are kept in Bloom filters.
struct StoryMemory: Sendable {
  /// Units in each generation.
  static let generation = 8_192

  private static let cellMask: UInt32 = 1 << 20 - 1
  private static let lineMask: UInt64 = 1 << 23 - 1

  /// The current generation in the lower half of each cell, the old one in the upper.
  private var cells: ContiguousArray<UInt32> = []
  private var lines: ContiguousArray<UInt64> = []
  private var oldLines: ContiguousArray<UInt64> = []
  private var units = 0
  private var oldUnits = 0

  /// Units that are counted.
  var unitCount: Int { units + oldUnits }
  var byteCount: Int { cells.count * 4 + (lines.count + oldLines.count) * 8 }

  @inline(__always)
  private static func places(_ term: UInt32) -> (Int, Int) {
    let second = UInt32(truncatingIfNeeded: Mixing.mix(UInt64(term)) >> 40)
    return (Int(term & cellMask), Int(second & cellMask))
  }

  // MARK: Terms

  /// How many stories hold a term, in eighths; never too few.
  func count(_ term: UInt32) -> Int {
    if cells.isEmpty { return 0 }
    let (first, second) = Self.places(term)
    let (one, other) = (cells[first], cells[second])
    return Int(min(one & 0xFFFF, other & 0xFFFF)) + Int(min(one >> 16, other >> 16))
  }

  mutating func add(_ term: UInt32, eighths: UInt32) {
    if cells.isEmpty { cells = ContiguousArray(repeating: 0, count: Int(Self.cellMask) + 1) }
    let (first, second) = Self.places(term)
    let least = min(cells[first] & 0xFFFF, cells[second] & 0xFFFF)
    let raised = min(0xFFFF, least + eighths)
    for place in [first, second] {
      let cell = cells[place]
      cells[place] = cell & 0xFFFF_0000 | max(cell & 0xFFFF, raised)
    }
  }

  // MARK: Lines

  func hasSeen(_ line: UInt64) -> Bool {
    Self.contains(lines, line) || Self.contains(oldLines, line)
  }

  mutating func see(_ line: UInt64) { Self.insert(line, into: &lines) }

  /// Enters a line that came in the generation before.
  mutating func seeEarlier(_ line: UInt64) { Self.insert(line, into: &oldLines) }

  @inline(__always)
  private static func contains(_ bits: ContiguousArray<UInt64>, _ line: UInt64) -> Bool {
    if bits.isEmpty { return false }
    let (first, second) = (line & lineMask, line >> 32 & lineMask)
    return bits[Int(first >> 6)] >> (first & 63) & 1 != 0
      && bits[Int(second >> 6)] >> (second & 63) & 1 != 0
  }

  private static func insert(_ line: UInt64, into bits: inout ContiguousArray<UInt64>) {
    if bits.isEmpty { bits = ContiguousArray(repeating: 0, count: Int(lineMask + 1) / 64) }
    let (first, second) = (line & lineMask, line >> 32 & lineMask)
    bits[Int(first >> 6)] |= 1 << (first & 63)
    bits[Int(second >> 6)] |= 1 << (second & 63)
  }

  // MARK: Generations

  /// A unit has been counted; answers whether a generation has ended.
  mutating func didCountUnit() -> Bool {
    units += 1
    guard units == Self.generation else { return false }
    for place in cells.indices { cells[place] &<<= 16 }
    swap(&lines, &oldLines)
    for place in lines.indices { lines[place] = 0 }
    (oldUnits, units) = (units, 0)
    return true
  }
}
