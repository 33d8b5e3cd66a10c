// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Counts how many clusters hold each run of two or three words, approximately and in fixed memory.
///
/// A count-min sketch with two counters of four bits for each run and conservative updating
/// (Cormode
/// and Muthukrishnan 2005; Estan and Varghese 2002), so that counts are never too small. Both
/// counters lie in one cache line, with those of the generation before: after 8,192 documents that
/// began a cluster the current counters become the old ones. What is counted is therefore what was
/// seen lately, and that is enough, since what pages have in common with every other page is seen
/// all the time.
///
/// The table begins small and doubles as it fills; a line of the doubled table begins with what the
/// line it was part of had.
struct ClusterCounts: Sendable {
  /// Documents that begin a cluster, in each generation.
  static let generation = 8_192
  /// A counter stops here.
  static let saturation = 15
  /// The most that `count` answers.
  static let highest = 2 * saturation

  private static let countersPerLine = 64
  /// With the least and the most lines the table has 1 MB and 32 MB.
  private static let leastLines = 1 << 14
  private static let mostLines = 1 << 19
  /// Additions for each line at which the table doubles: with an eighth of the counters in use two
  /// runs seldom share both of theirs.
  private static let additionsPerLine = 4

  /// In each line the first half is the current generation, the second the one before.
  private var lines: ContiguousArray<SIMD8<UInt64>> = []
  /// Documents of this generation that began a cluster.
  private var begun = 0
  private var additions = 0

  var byteCount: Int { lines.count * MemoryLayout<SIMD8<UInt64>>.size }

  /// Where the two counters of a run are. The lowest byte of a key is a weight.
  private struct Place {
    let line: Int
    let first: Int
    let second: Int

    @inline(__always)
    init(_ key: UInt64, mask: Int) {
      line = Int(truncatingIfNeeded: key &>> 8) & mask
      first = Int(truncatingIfNeeded: key &>> 52) & 63
      second = Int(truncatingIfNeeded: key &>> 58)
    }
  }

  @inline(__always)
  private static func counter(_ half: UnsafeRawPointer, _ place: Int) -> Int {
    let pair = half.load(fromByteOffset: place &>> 1, as: UInt8.self)
    return Int((pair &>> UInt8(truncatingIfNeeded: (place & 1) &<< 2)) & 15)
  }

  /// How many clusters hold each of `keys`, as far as is known; written to `output`.
  func count(_ keys: UnsafeBufferPointer<UInt64>, into output: UnsafeMutablePointer<UInt8>) {
    guard !lines.isEmpty else {
      return output.update(repeating: 0, count: keys.count)
    }
    let mask = lines.count - 1
    lines.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      for index in 0..<keys.count {
        let place = Place(keys[index], mask: mask)
        let current = base + place.line &<< 6
        let old = current + 32
        let count =
          min(Self.counter(current, place.first), Self.counter(current, place.second))
          &+ min(Self.counter(old, place.first), Self.counter(old, place.second))
        output[index] = UInt8(truncatingIfNeeded: count)
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
    let mask = lines.count - 1
    lines.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      for index in keys.indices where !isKnown[index] {
        Self.add(Place(keys[index], mask: mask), base)
      }
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
    if lines.isEmpty { lines = ContiguousArray(repeating: .zero, count: Self.leastLines) }
    additions += count
    while additions > lines.count * Self.additionsPerLine, lines.count < Self.mostLines {
      lines += lines
    }
  }

  /// Only the lesser counter grows, both if they are equal.
  @inline(__always)
  private static func add(_ place: Place, _ base: UnsafeMutableRawPointer) {
    let line = base + place.line &<< 6
    let (first, second) = (counter(line, place.first), counter(line, place.second))
    let least = min(first, second)
    if least == saturation { return }
    if first == least { increment(line, place.first) }
    if second == least, place.second != place.first { increment(line, place.second) }
  }

  @inline(__always)
  private static func increment(_ half: UnsafeMutableRawPointer, _ place: Int) {
    let pair = half.load(fromByteOffset: place &>> 1, as: UInt8.self)
    let one = UInt8(1) &<< UInt8(truncatingIfNeeded: (place & 1) &<< 2)
    half.storeBytes(of: pair &+ one, toByteOffset: place &>> 1, as: UInt8.self)
  }

  /// A document began a cluster; after enough of them a new generation begins.
  mutating func didBeginCluster() {
    begun += 1
    if begun == Self.generation { turn() }
  }

  private mutating func turn() {
    expand()
    for index in lines.indices {
      lines[index].highHalf = lines[index].lowHalf
      lines[index].lowHalf = .zero
    }
    begun = 0
    additions = 0
  }

  /// Takes the size that the table has in all generations but the first.
  mutating func expand() {
    if lines.isEmpty { lines = ContiguousArray(repeating: .zero, count: Self.leastLines) }
    while lines.count < Self.mostLines { lines += lines }
  }

  func checkInvariants() {
    #if DEBUG
      precondition(lines.isEmpty || lines.count & (lines.count - 1) == 0, "a power of two")
      precondition(begun < Self.generation, "generations have an end")
    #endif
  }
}
