// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Counts how many clusters hold each run of two or three words, approximately and in fixed memory.
///
/// Most runs are in one cluster only. A run is therefore first noted in a Bloom filter of three
/// bits (Bloom 1970), and counted only when it comes again, by two counters of four bits with
/// conservative updating (Cormode and Muthukrishnan 2005; Estan and Varghese 2002): counts are
/// never too small. All that belongs to a run lies in one cache line, with what the generation
/// before knew: after 8,192 documents that began a cluster the current half becomes the old one.
/// What is counted is therefore what was seen lately, and that is enough, since what pages have in
/// common with every other page is seen all the time.
///
/// The table begins small and doubles as it fills; a line of the doubled table begins with what the
/// line it was part of had.
struct ClusterCounts: Sendable {
  /// Documents that begin a cluster, in each generation.
  static let generation = 8_192
  /// The most that is counted in a generation: the filter's one and the counter's 14.
  static let saturation = 15
  /// The most that `count` answers.
  static let highest = 2 * saturation

  /// With the least and the most lines the table has 1 MB and 16 MB.
  private static let lineWords = 8
  private static let halfWords = 4
  private static let leastLines = 1 << 14
  private static let mostLines = 1 << 18
  /// Additions for each line at which the table doubles. Both halves of the doubled table keep what
  /// was there, so that a line of a table that grew has three times as many at most: fewer than one
  /// new run of a hundred seems known then.
  private static let additionsPerLine = 4
  /// So many lines are fetched before the first of them is needed: they are far away, and the
  /// processor waits for as many at a time as it is told of.
  private static let block = 32

  /// In each line the first half is the current generation, the second the one before; of a half
  /// the first three words are the filter, the last one is 16 counters.
  private var words: ContiguousArray<UInt64> = []
  /// Where the first line begins: at a cache line, which no array promises. A copy of the array may
  /// lie otherwise, and is as good but for time.
  private var start = 0
  private var lineCount = 0
  /// Documents of this generation that began a cluster.
  private var begun = 0
  private var additions = 0
  /// Something of all lines that were fetched ahead, or the fetching would be optimised away.
  private var touched: UInt64 = 0

  var byteCount: Int { lineCount * Self.lineWords * MemoryLayout<UInt64>.size }

  /// What a run has in each half: a bit in each word of the filter, and two counters.
  ///
  /// The lowest byte of a key is a weight.
  private struct Place {
    let line: Int
    let bits: (UInt64, UInt64, UInt64)
    /// How far the counters are to be shifted.
    let counters: (UInt64, UInt64)

    @inline(__always)
    static func line(_ key: UInt64, mask: Int) -> Int {
      Int(truncatingIfNeeded: key &>> 8) & mask
    }

    @inline(__always)
    init(_ key: UInt64, mask: Int) {
      line = Self.line(key, mask: mask)
      bits = (1 &<< (key &>> 58), 1 &<< (key &>> 52 & 63), 1 &<< (key &>> 46 & 63))
      counters = (key &>> 40 & 60, key &>> 36 & 60)
    }
  }

  /// One generation's words of a line.
  private struct Half {
    var filter: (UInt64, UInt64, UInt64)
    var counters: UInt64

    @inline(__always)
    init(_ words: UnsafePointer<UInt64>) {
      filter = (words[0], words[1], words[2])
      counters = words[3]
    }

    @inline(__always)
    func knows(_ place: Place) -> Bool {
      let (first, second, third) = place.bits
      return filter.0 & first != 0 && filter.1 & second != 0 && filter.2 & third != 0
    }

    @inline(__always)
    func count(_ place: Place) -> UInt64 {
      guard knows(place) else { return 0 }
      return 1 &+ min(counters &>> place.counters.0 & 15, counters &>> place.counters.1 & 15)
    }
  }

  /// How many clusters hold each of `keys`, as far as is known; written to `output`.
  func count(_ keys: UnsafeBufferPointer<UInt64>, into output: UnsafeMutablePointer<UInt8>) {
    guard lineCount > 0 else {
      return output.update(repeating: 0, count: keys.count)
    }
    let mask = lineCount - 1
    words.withUnsafeBufferPointer { words in
      guard let lines = words.baseAddress.map({ $0 + start }) else { return }
      for first in stride(from: 0, to: keys.count, by: Self.block) {
        let block = first..<min(first + Self.block, keys.count)
        for index in block {
          // The first word is part of the answer: zero says that the generation knows nothing.
          let line = lines + Place.line(keys[index], mask: mask) &* Self.lineWords
          output[index] = line[0] == 0 ? 0 : 1
        }
        for index in block {
          let place = Place(keys[index], mask: mask)
          let line = lines + place.line &* Self.lineWords
          let current = output[index] == 0 ? 0 : Half(line).count(place)
          output[index] = UInt8(
            truncatingIfNeeded: current &+ Half(line + Self.halfWords).count(place))
        }
      }
    }
  }

  func count(_ key: UInt64) -> Int {
    var count: UInt8 = 0
    withUnsafePointer(to: key) {
      self.count(UnsafeBufferPointer(start: $0, count: 1), into: &count)
    }
    return Int(count)
  }

  /// One more cluster holds those of the runs that none of `others` has.
  mutating func add(_ shingles: WeightedShingles, unlessIn others: [WeightedShingles]) {
    let keys = shingles.keys
    var isKnown = [Bool](repeating: false, count: keys.count)
    for other in others { Self.mark(keys, in: other.keys, &isKnown) }
    reserve(isKnown.reduce(0) { $0 + ($1 ? 0 : 1) })
    let (mask, start) = (lineCount - 1, start)
    touched = words.withUnsafeMutableBufferPointer { words in
      guard let lines = words.baseAddress.map({ $0 + start }) else { return 0 }
      var touched: UInt64 = 0
      for first in stride(from: 0, to: keys.count, by: Self.block) {
        let block = first..<min(first + Self.block, keys.count)
        for index in block {
          touched |= lines[Place.line(keys[index], mask: mask) &* Self.lineWords]
        }
        for index in block where !isKnown[index] {
          let place = Place(keys[index], mask: mask)
          Self.add(place, lines + place.line &* Self.lineWords)
        }
      }
      return touched
    }
  }

  /// Both are ascending.
  private static func mark(_ keys: [UInt64], in others: [UInt64], _ isKnown: inout [Bool]) {
    keys.withUnsafeBufferPointer { keys in
      others.withUnsafeBufferPointer { others in
        isKnown.withUnsafeMutableBufferPointer { isKnown in
          var (left, right) = (0, 0)
          while left < keys.count, right < others.count {
            let (one, other) = (keys[left], others[right])
            isKnown[left] = isKnown[left] || one == other
            left &+= one <= other ? 1 : 0
            right &+= other <= one ? 1 : 0
          }
        }
      }
    }
  }

  /// Makes room for so many additions.
  private mutating func reserve(_ count: Int) {
    if lineCount == 0 { double() }
    additions += count
    while additions > lineCount * Self.additionsPerLine, lineCount < Self.mostLines { double() }
  }

  /// Doubles the table, or begins with the least.
  private mutating func double() {
    let (old, oldStart, used) = (words, start, lineCount * Self.lineWords)
    lineCount = max(Self.leastLines, 2 * lineCount)
    words = ContiguousArray(repeating: 0, count: (lineCount + 1) * Self.lineWords)
    start = words.withUnsafeBytes { bytes in
      let lineBytes = Self.lineWords * MemoryLayout<UInt64>.size
      let excess = bytes.baseAddress.map { Int(bitPattern: $0) % lineBytes } ?? 0
      return (lineBytes - excess) % lineBytes / MemoryLayout<UInt64>.size
    }
    for word in 0..<used {
      words[start + word] = old[oldStart + word]
      words[start + used + word] = old[oldStart + word]
    }
  }

  /// What the filter does not know goes there; of what it knows only the lesser counter grows, both
  /// if they are equal.
  @inline(__always)
  private static func add(_ place: Place, _ line: UnsafeMutablePointer<UInt64>) {
    let half = Half(line)
    guard half.knows(place) else {
      line[0] |= place.bits.0
      line[1] |= place.bits.1
      line[2] |= place.bits.2
      return
    }
    let (one, other) = place.counters
    let (first, second) = (half.counters &>> one & 15, half.counters &>> other & 15)
    let least = min(first, second)
    if least == saturation - 1 { return }
    if first == least { line[3] &+= 1 &<< one }
    if second == least, other != one { line[3] &+= 1 &<< other }
  }

  /// A document began a cluster; after enough of them a new generation begins.
  mutating func didBeginCluster() {
    begun += 1
    if begun == Self.generation { turn() }
  }

  private mutating func turn() {
    expand()
    for line in stride(from: start, to: start + lineCount * Self.lineWords, by: Self.lineWords) {
      for word in line..<line + Self.halfWords {
        words[word + Self.halfWords] = words[word]
        words[word] = 0
      }
    }
    begun = 0
    additions = 0
  }

  /// Takes the size that the table has in all generations but the first.
  mutating func expand() {
    while lineCount < Self.mostLines { double() }
  }

  func checkInvariants() {
    #if DEBUG
      precondition(lineCount & (lineCount - 1) == 0, "a power of two")
      precondition(begun < Self.generation, "generations have an end")
    #endif
  }
}
