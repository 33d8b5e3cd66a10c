// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What an alignment notes of one of its two documents; its buffers are kept from pair to pair.
struct AlignedText: Sendable {
  /// For each token whether it is in a run.
  private var marks: [UInt8] = []
  /// The values of the tokens before each place, and at the end of all.
  private var sums: [Int] = []

  /// The document and the notes, lent.
  struct Side {
    let text: DocumentProfile.Buffers
    let marks: UnsafeMutableBufferPointer<UInt8>
    fileprivate let sums: UnsafeBufferPointer<Int>

    @inline(__always)
    func value(_ place: Int) -> Int { sums[place &+ 1] &- sums[place] }

    @inline(__always)
    func value(from start: Int, to end: Int) -> Int { sums[end] &- sums[start] }

    var value: Int { sums[text.count] }

    /// The longest stretch of tokens without a mark.
    var longestStray: Int {
      var (longest, stray) = (0, 0)
      for place in 0..<text.count {
        stray = marks[place] != 0 ? 0 : stray &+ 1
        longest = max(longest, stray)
      }
      return longest
    }
  }

  /// Lends a document with nothing marked.
  ///
  /// - Parameter isEven: whether all tokens are worth the same; otherwise, their body values.
  mutating func withSide<Result>(
    of profile: DocumentProfile, isEven: Bool, _ body: (Side) -> Result
  ) -> Result {
    let count = profile.tokens.count
    marks.removeAll(keepingCapacity: marks.capacity <= 1 << 18)
    marks.append(contentsOf: repeatElement(0, count: count))
    sums.removeAll(keepingCapacity: sums.capacity <= 1 << 15)
    sums.reserveCapacity(count + 1)
    sums.append(0)
    var sum = 0
    for traits in profile.traits {
      sum &+= isEven ? TextWeights.fullBody : TextWeights.body(traits)
      sums.append(sum)
    }
    return marks.withUnsafeMutableBufferPointer { marks in
      sums.withUnsafeBufferPointer { sums in
        profile.withBuffers { text in body(Side(text: text, marks: marks, sums: sums)) }
      }
    }
  }
}
