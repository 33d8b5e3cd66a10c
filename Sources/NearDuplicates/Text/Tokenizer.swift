// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Turns UTF-8 text into the hashes of its words.
///
/// Plain ASCII is read sixty-four bytes at a time, words with apostrophes letter by letter; words
/// near anything else go through the Unicode table. All give the same hashes. Time is linear in the
/// bytes for any input.
struct Tokenizer: ~Copyable {
  enum Result: Equatable {
    case complete
    /// Not UTF-8 at this offset; the tokens so far are of no use. Not when `tolerant`.
    case malformed(offset: Int)
    /// A NUL byte at this offset; the tokens so far are of no use.
    case nul(offset: Int)
  }

  /// The last bytes are copied to where there is something to read behind them.
  private static let tailSize = 256

  /// The tokens of the text last read, in its order.
  var tokens = ReusableBuffer<UInt32>(capacity: 4096)
  /// What `TokenTraits` says of each of `tokens`; of the line that is being read, without the line.
  var traits = ReusableBuffer<UInt8>(capacity: 4096)
  /// The number of the first token of the line that is being read.
  var lineStart = 0
  var word = WordBuffer()
  /// What the open word ends in; `.separator` when no word is open.
  var last = ScalarClass.separator
  /// Whether the open word contains a digit.
  var hasDigit = false
  /// Whether the line on which the open word begins has ended within it, at a hyphen.
  var endsLine = false
  var sentences = Sentences()
  /// Whether the open word begins with a capital, and how many characters it has.
  var isCapital = false
  var characters = 0
  /// The letters without spaces that were read last.
  var window = LetterWindow()
  /// Whether the open word is a letter whose token reaches back to those.
  var isWindowed = false
  let table = UnicodeTable.shared
  let twoByteScalars = TwoByteScalars.shared
  private let tail: UnsafeMutableRawPointer
  /// A word whose apostrophes are dropped.
  let letters: UnsafeMutableRawPointer

  init() {
    letters = .allocate(byteCount: Tokenizer.mostLetters, alignment: 16)
    letters.initializeMemory(as: UInt8.self, repeating: 0, count: Tokenizer.mostLetters)
    tail = .allocate(byteCount: Tokenizer.tailSize + 2 * ASCIIBlock.reach, alignment: 16)
  }

  deinit {
    tail.deallocate()
    letters.deallocate()
  }

  /// Replaces `tokens` and `traits` by those of `text`.
  ///
  /// - Parameter tolerant: malformed sequences separate words rather than end the reading.
  mutating func tokenize(_ text: UnsafeRawBufferPointer, tolerant: Bool) -> Result {
    let result = tokenizeWords(text, tolerant: tolerant)
    if result == .complete, mayBeSpacedLetters(byteCount: text.count),
      let spaced = SpacedLetters(text, keepsOrigins: false)
    {
      return spaced.text.withUnsafeBytes { tokenizeWords($0, tolerant: tolerant) }
    }
    return result
  }

  /// The same without putting words together whose letters are spaced out.
  mutating func tokenizeWords(_ text: UnsafeRawBufferPointer, tolerant: Bool) -> Result {
    begin()
    guard let base = text.baseAddress else { return .complete }
    var position = 0
    while text.count - position > Tokenizer.tailSize {
      position = scanASCII(base, from: position, end: text.count, readable: text.count)
      let result = scanScalars(base, from: &position, end: text.count, tolerant: tolerant)
      guard result == .complete else { return result }
    }
    let result = tokenizeTail(base + position, count: text.count - position, tolerant: tolerant)
    endLine(beforeToken: tokens.count)
    assert(traits.count == tokens.count && lineStart == tokens.count)
    return result.offset(by: position)
  }

  /// Forgets the text read before.
  mutating func begin() {
    tokens.reset(keeping: 1 << 16)
    traits.reset(keeping: 1 << 16)
    lineStart = 0
    sentences = Sentences()
    window = LetterWindow()
    word.clear()
    last = .separator
    hasDigit = false
    endsLine = false
  }

  private mutating func tokenizeTail(
    _ base: UnsafeRawPointer, count: Int, tolerant: Bool
  ) -> Result {
    let readable = Tokenizer.tailSize + 2 * ASCIIBlock.reach
    tail.initializeMemory(as: UInt8.self, repeating: 0x20, count: readable)
    tail.copyMemory(from: base, byteCount: count)
    var position = 0
    while position < count {
      // One more than there are, so that a word which ends the text is seen to end.
      position = scanASCII(tail, from: position, end: count + 1, readable: readable)
      guard position < count else { break }
      let result = scanScalars(tail, from: &position, end: count, tolerant: tolerant)
      guard result == .complete else { return result }
    }
    return .complete
  }

  /// Hashes the words of plain ASCII from `start`, which is between words.
  ///
  /// Returns where to go on: at the start of the first word that touches something else or the end
  /// of what can be read in blocks, or at that something itself.
  private mutating func scanASCII(
    _ base: UnsafeRawPointer, from start: Int, end: Int, readable: Int
  ) -> Int {
    var offset = start
    var wordStart = -1
    var wordIsMarked = false
    var run = SentenceRun(sentences)
    while offset < end, offset &+ ASCIIBlock.reach <= readable {
      let block = ASCIIBlock(at: base + offset)
      let shifted = block.words &<< 1 | (wordStart >= 0 ? 1 : 0)
      // The bytes before the first special one; all, when there is none.
      let clean = (block.specials & (0 &- block.specials)) &- 1
      var starts = block.words & ~shifted & clean
      let ends = ~block.words & shifted & clean
      let marks = block.marks & clean
      let openWord = wordStart < 0 ? -1 : offset &- wordStart
      run.take(
        block, clean: clean, starts: starts, ends: ends, openWord: openWord, base + offset)
      let (first, allStarts) = (tokens.count, starts)
      takeWords(base, offset, openWord: &wordStart, &starts, ends, run)
      if marks != 0 || wordIsMarked {
        // The open word may be one that this block only continues.
        wordIsMarked = takeMarkedWords(
          marks & block.words, wordIsMarked, base + offset, allStarts, ends, openWord: openWord,
          firstToken: first)
        takeLineEnds(marks & ~block.words, ends, firstToken: first)
      }
      if starts != 0 {
        wordStart = offset &+ starts.trailingZeroBitCount
        run.open(starts)
      }
      if block.specials == 0 {
        offset &+= ASCIIBlock.size
        continue
      }
      sentences = run.sentences(at: block.specials, isOpen: wordStart >= 0)
      let special = offset &+ block.specials.trailingZeroBitCount
      let next = wordStart >= 0 ? wordStart : special
      guard Tokenizer.isApostrophe(base.load(fromByteOffset: special, as: UInt8.self)),
        let separator = takeApostrophes(base, from: next, readable: readable)
      else { return next }
      offset = separator
      wordStart = -1
      wordIsMarked = false
      run = SentenceRun(sentences)
    }
    sentences = run.sentences(isOpen: wordStart >= 0)
    return wordStart >= 0 ? wordStart : offset
  }

  /// Hashes the words that end in the block at an offset; leaves the start of one that does not.
  ///
  /// - Parameter openWord: where the word began that is open before the block; -1 for none.
  @inline(__always)
  private mutating func takeWords(
    _ base: UnsafeRawPointer, _ offset: Int, openWord: inout Int, _ starts: inout UInt64,
    _ wordEnds: UInt64, _ run: SentenceRun
  ) {
    var ends = wordEnds
    tokens.reserve(ASCIIBlock.size)
    traits.reserve(ASCIIBlock.size)
    var output = tokens.end
    var traitsOutput = traits.end
    if openWord >= 0, ends != 0 {
      let end = offset &+ ends.trailingZeroBitCount
      output.pointee = Tokenizer.hash(base + openWord, count: end &- openWord)
      output += 1
      traitsOutput.pointee = run.openCapital
      traitsOutput += 1
      ends &= ends &- 1
      openWord = -1
    }
    while ends != 0 {
      let start = starts.trailingZeroBitCount
      output.pointee = Tokenizer.hash(
        base + (offset &+ start), count: ends.trailingZeroBitCount &- start)
      output += 1
      // Without a branch: half a block's words have a capital or none, as names come.
      let capital = run.capitals &>> UInt64(truncatingIfNeeded: start) & 1
      traitsOutput.pointee = UInt8(truncatingIfNeeded: capital) &* TokenTraits.capital
      traitsOutput += 1
      starts &= starts &- 1
      ends &= ends &- 1
    }
    tokens.end = output
    traits.end = traitsOutput
  }

  @inline(__always)
  private static func hash(_ pointer: UnsafeRawPointer, count: Int) -> UInt32 {
    TokenHash.hash(pointer, count: count, folding: TokenHash.asciiFolding)
  }
}

extension Tokenizer.Result {
  fileprivate func offset(by distance: Int) -> Self {
    switch self {
    case .complete: .complete
    case .malformed(let offset): .malformed(offset: offset + distance)
    case .nul(let offset): .nul(offset: offset + distance)
    }
  }
}
