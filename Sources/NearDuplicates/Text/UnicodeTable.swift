// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Look-up from code points to what words are hashed as: class, combining class, folded scalars.
///
/// Two stages of 128 code points per block; equal blocks are stored once (about 120 KB in all).
/// The mapping is toNFKC_Casefold's (UAX #44), but fully decomposed, so that nothing needs to be
/// composed again: equivalent texts still come out equal.
struct UnicodeTable: Sendable {
  static let shared = UnicodeTable()

  static let blockBits: UInt32 = 7
  static let blockSize = 1 << 7
  static let pointCount = 0x110000

  /// Block number for the high bits of a code point.
  private(set) var blocks: [UInt16]
  /// The entries of all distinct blocks.
  private(set) var entries: [UInt32]
  /// The scalars of expansions, each as an entry whose offset is the scalar itself.
  private(set) var pool: [UInt32]

  private init() {
    (blocks, entries, pool) = UnicodeTable.decoded()
  }

  /// The entry of a code point below 0x110000.
  @inline(__always)
  func entry(_ point: UInt32) -> UnicodeEntry {
    let block = Int(blocks[Int(point >> UnicodeTable.blockBits)])
    let index = block &* UnicodeTable.blockSize &+ Int(point & 0x7F)
    return UnicodeEntry(bits: entries[index])
  }

  /// Class, combining class and scalar of everything that `point` stands for.
  func output(of point: UInt32) -> [(ScalarClass, UInt8, UInt32)] {
    let entry = entry(point)
    guard entry.scalarClass == .expansion else {
      return [(entry.scalarClass, entry.combiningClass, entry.scalar(of: point))]
    }
    return (0..<entry.expansionLength).map { index in
      let part = UnicodeEntry(bits: pool[entry.expansionStart + index])
      return (part.scalarClass, part.combiningClass, part.scalar(of: 0))
    }
  }
}
