// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Short lists of document numbers in size classes, for the shingles of more than one cluster.
///
/// The lists live in blocks, so that growing copies nothing old; a list that outgrows its class
/// leaves its place to the next one of that class.
struct PostingLists: Sendable {
  /// Names a list; told from a document number by its highest bit.
  struct Reference: Equatable {
    static let mark: UInt32 = 1 << 31
    /// A place in the blocks, in units of four words.
    var place: UInt32

    init(place: UInt32) { self.place = place }

    /// nil when the value is a document number.
    init?(_ value: UInt32) {
      if value & Self.mark == 0 { return nil }
      place = value & ~Self.mark
    }

    var value: UInt32 { place | Self.mark }
  }

  /// Lists hold at most this many documents; in a full one a new document takes the place of
  /// another.
  static let longest = 1_024

  private static let blockWords = 1 << 16
  /// Words per list in each class; the first word is the number of documents.
  private static let classWords = [4, 8, 16, 36, 68, 132, 260, 516, 1_028]

  private var blocks: [ContiguousArray<UInt32>] = []
  private var usedOfLast = Self.blockWords
  private var free: [[UInt32]] = Array(repeating: [], count: Self.classWords.count)

  var byteCount: Int { blocks.count * Self.blockWords * 4 }

  /// Something of the list that a value of the table stands for, if it is one.
  @inline(__always)
  func touch(_ value: UInt32) -> UInt32 {
    guard let list = Reference(value) else { return 0 }
    let (block, word) = Self.position(list.place)
    return blocks[block][word]
  }

  /// Lists a document behind what a value of the table stands for, a document or a list; answers
  /// the
  /// new value.
  mutating func listing(_ document: UInt32, behind value: UInt32) -> UInt32 {
    guard let list = Reference(value) else { return make(value, document).value }
    return append(document, to: list).value
  }

  mutating func make(_ first: UInt32, _ second: UInt32) -> Reference {
    let place = allocate(0)
    let (block, word) = Self.position(place)
    blocks[block][word] = 2
    blocks[block][word + 1] = first
    blocks[block][word + 2] = second
    return Reference(place: place)
  }

  func count(_ list: Reference) -> Int {
    let (block, word) = Self.position(list.place)
    return Int(blocks[block][word])
  }

  /// Lends the documents of a list, in order of insertion; there are `count` of them.
  @inline(__always)
  func withDocuments(_ list: Reference, _ body: (UnsafePointer<UInt32>) -> Void) {
    let (block, word) = Self.position(list.place)
    blocks[block].withUnsafeBufferPointer { words in
      if let start = words.baseAddress { body(start + word + 1) }
    }
  }

  func contains(_ list: Reference, where matches: (UInt32) -> Bool) -> Bool {
    let (block, word) = Self.position(list.place)
    let count = Int(blocks[block][word])
    for index in 0..<count where matches(blocks[block][word + 1 + index]) { return true }
    return false
  }

  /// Adds a document; the list may move to a larger place.
  mutating func append(_ document: UInt32, to list: Reference) -> Reference {
    let (block, word) = Self.position(list.place)
    let count = Int(blocks[block][word])
    if count == Self.longest {
      let replaced = Int(truncatingIfNeeded: Mixing.mix(UInt64(document))) & (Self.longest - 1)
      blocks[block][word + 1 + replaced] = document
      return list
    }
    let sizeClass = Self.sizeClass(holding: count)
    if Self.sizeClass(holding: count + 1) == sizeClass {
      blocks[block][word + 1 + count] = document
      blocks[block][word] += 1
      return list
    }
    let longer = allocate(sizeClass + 1)
    let (newBlock, start) = Self.position(longer)
    for index in 1...count { blocks[newBlock][start + index] = blocks[block][word + index] }
    blocks[newBlock][start + count + 1] = document
    blocks[newBlock][start] = UInt32(count + 1)
    free[sizeClass].append(list.place)
    return Reference(place: longer)
  }

  private static func sizeClass(holding count: Int) -> Int {
    switch count {
    case ..<4: 0
    case ..<8: 1
    case ..<16: 2
    case ..<36: 3
    case ..<68: 4
    case ..<132: 5
    case ..<260: 6
    case ..<516: 7
    default: 8
    }
  }

  private static func position(_ place: UInt32) -> (block: Int, word: Int) {
    let word = Int(place) * 4
    return (word / blockWords, word % blockWords)
  }

  private mutating func allocate(_ sizeClass: Int) -> UInt32 {
    if let place = free[sizeClass].popLast() { return place }
    let words = Self.classWords[sizeClass]
    if usedOfLast + words > Self.blockWords {
      blocks.append(ContiguousArray(repeating: 0, count: Self.blockWords))
      usedOfLast = 0
    }
    let word = (blocks.count - 1) * Self.blockWords + usedOfLast
    usedOfLast += words
    return UInt32(word / 4)
  }

  func checkInvariants() {
    #if DEBUG
      precondition(blocks.allSatisfy { $0.count == Self.blockWords }, "blocks keep their size")
      precondition(usedOfLast <= Self.blockWords, "a list lies in one block")
    #endif
  }
}
