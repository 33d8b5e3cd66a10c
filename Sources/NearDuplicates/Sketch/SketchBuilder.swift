// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Samples the shingles of token sequences; one per worker.
///
/// Memory is bounded by the cap, time is linear in the tokens for any input: repeats are removed
/// and the threshold is lowered each time the buffer is full.
struct SketchBuilder: ~Copyable {
  let sampling: SketchSampling
  /// Hashes below `limit`, in no order and with repeats.
  private var candidates: ReusableBuffer<UInt64>
  private var limit: UInt64 = .max

  init(sampling: SketchSampling) {
    self.sampling = sampling
    // Four times what can be kept, so that each compaction at least halves what is there.
    candidates = ReusableBuffer(capacity: 4 * (sampling.cap + 1))
  }

  /// The sketch of the 3-word shingles of `tokens`.
  mutating func sketch(_ tokens: UnsafeBufferPointer<UInt32>) -> Sketch {
    limit = firstLimit(shingles: tokens.count)
    while true {
      collect(tokens)
      compact()
      if let sketch = finished() { return sketch }
      // Repeats in the text left fewer distinct shingles than the floor asks for.
      limit = limit > .max / 4 ? .max : limit * 4
    }
  }

  /// A limit under which the floor is nearly always reached, so that one pass is enough.
  private func firstLimit(shingles: Int) -> UInt64 {
    let wanted = sampling.floor + sampling.floor / 2 + 8
    guard shingles > wanted else { return .max }
    return max(sampling.threshold, UInt64.max / UInt64(shingles) * UInt64(wanted))
  }

  private mutating func collect(_ tokens: UnsafeBufferPointer<UInt32>) {
    candidates.count = 0
    guard let base = tokens.baseAddress, tokens.count > 0 else { return }
    let length = FingerprintScheme.shingleLength
    guard tokens.count >= length else {
      candidates.append(ShingleHash.hash(base, count: tokens.count))
      return
    }
    var next = 0
    let end = tokens.count - length + 1
    while next < end {
      if candidates.count == candidates.capacity { compact() }
      let chunk = min(end - next, candidates.capacity - candidates.count)
      candidates.count = SketchBuilder.select(
        base + next, chunk, below: limit, into: candidates.pointer, candidates.count)
      next += chunk
    }
  }

  /// Appends the hashes of `count` shingles that are below `limit`, without branching on them.
  private static func select(
    _ tokens: UnsafePointer<UInt32>, _ count: Int, below limit: UInt64,
    into output: UnsafeMutablePointer<UInt64>, _ initialCount: Int
  ) -> Int {
    var kept = initialCount
    var first = tokens[0]
    var second = tokens[1]
    for index in 0..<count {
      let third = tokens[index &+ 2]
      let hash = ShingleHash.hash(first, second, third)
      output[kept] = hash
      // hash < limit as the borrow of their difference (Warren, Hacker's Delight, 2-13): written
      // as a comparison it compiles to a branch that is guessed wrong too often.
      let borrow = (~hash & limit) | ((~hash | limit) & (hash &- limit))
      kept &+= Int(truncatingIfNeeded: borrow &>> 63)
      first = second
      second = third
    }
    return kept
  }

  /// Sorts, removes repeats, and lowers the limit to what the cap allows.
  private mutating func compact() {
    candidates.count = HashSorting.sortDistinct(
      candidates.pointer, count: candidates.count, below: limit)
    if candidates.count > sampling.cap + 1 {
      candidates.count = sampling.cap + 1
      limit = candidates.pointer[sampling.cap] + 1
    }
  }

  /// What is kept of the candidates, which are sorted, distinct and complete below `limit`.
  ///
  /// Nil when the floor asks for more than there is below it.
  private func finished() -> Sketch? {
    let hashes = candidates.elements
    var threshold = sampling.threshold
    var kept = hashes.firstIndex { $0 >= threshold } ?? hashes.count
    if kept < sampling.floor {
      if hashes.count <= sampling.floor, limit < .max { return nil }
      kept = min(hashes.count, sampling.floor)
      threshold = kept < hashes.count ? hashes[kept] : .max
    } else if kept > sampling.cap {
      kept = sampling.cap
      threshold = hashes[kept]
    }
    return Sketch(hashes: Array(hashes.prefix(kept)), threshold: threshold)
  }
}
