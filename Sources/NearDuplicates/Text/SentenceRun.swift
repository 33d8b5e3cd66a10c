// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// `Sentences` for blocks of ASCII, sixty-four bytes at once.
///
/// Adding a bit to the run of separators in which it lies carries it to the word behind the run: so
/// one addition finds all words that begin a sentence.
struct SentenceRun {
  /// The first bytes of words that are capitalised inside a sentence.
  private(set) var capitals: UInt64 = 0
  /// The trait of the word that is open where the next block begins.
  private(set) var openCapital: UInt8 = 0

  private var begins: UInt64
  private var isAbbreviated: UInt64
  /// Of the open word: whether it begins a sentence, and whether with a capital.
  private var openBegins: UInt64 = 0
  private var openIsCapital: UInt64 = 0

  // Of the block that was taken last.
  private var begun: UInt64 = 0
  private var abbreviated: UInt64 = 0
  private var initials: UInt64 = 0

  @inline(__always)
  init(_ sentences: Sentences) {
    begins = sentences.begins
    isAbbreviated = sentences.isAbbreviated
  }

  /// - Parameters:
  ///   - clean: The bytes before the first special one.
  ///   - starts: The first bytes of words among them.
  ///   - ends: The first bytes behind words among them.
  ///   - openWord: How many bytes before the block the open word began; -1 for none.
  @inline(__always)
  mutating func take(
    _ block: ASCIIBlock, clean: UInt64, starts: UInt64, ends: UInt64, openWord: Int,
    _ pointer: UnsafeRawPointer
  ) {
    let gap = ~block.words & clean
    initials = block.capitals & starts
    // The first bytes behind capitalised words of one, two and three characters.
    let second = block.words &<< 1
    var short =
      initials &<< 1 | initials &<< 2 & second | initials &<< 3 & second & block.words &<< 2
    short &= gap
    if openIsCapital != 0, openWord >= 0, ends != 0,
      openWord &+ ends.trailingZeroBitCount <= Sentences.longestAbbreviation
    {
      short |= ends & (0 &- ends)
    }
    let (behind, runsOn) = gap.addingReportingOverflow(short | isAbbreviated)
    abbreviated = behind
    isAbbreviated = runsOn ? 1 : 0
    var enders = (block.enders | block.marks & ~block.words) & clean
    var doubtful = enders & gap & ~behind
    while doubtful != 0 {
      let place = doubtful.trailingZeroBitCount
      if pointer.load(fromByteOffset: place, as: UInt8.self) == 0x2E { enders ^= 1 &<< place }
      doubtful &= doubtful &- 1
    }
    let (sum, overflows) = gap.addingReportingOverflow(enders)
    let (whole, overflowsToo) = sum.addingReportingOverflow(begins)
    begun = whole
    begins = overflows || overflowsToo ? 1 : 0
    capitals = initials & ~whole
  }

  /// A word of this block stays open.
  @inline(__always)
  mutating func open(_ start: UInt64) {
    openBegins = begun & start == 0 ? 0 : 1
    openIsCapital = initials & start == 0 ? 0 : 1
    openCapital = capitals & start == 0 ? 0 : TokenTraits.capital
  }

  /// What is known where the first special byte stands, or the open word begins.
  @inline(__always)
  func sentences(at specials: UInt64, isOpen: Bool) -> Sentences {
    if isOpen { return sentences(isOpen: true) }
    let first = specials & (0 &- specials)
    return Sentences(
      begins: begun & first == 0 ? 0 : 1, isAbbreviated: abbreviated & first == 0 ? 0 : 1)
  }

  /// What is known behind the last block, or where the open word begins.
  @inline(__always)
  func sentences(isOpen: Bool) -> Sentences {
    isOpen
      ? Sentences(begins: openBegins, isAbbreviated: 0)
      : Sentences(begins: begins, isAbbreviated: isAbbreviated)
  }
}
