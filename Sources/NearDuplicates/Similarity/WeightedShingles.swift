// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The distinct runs of two or of three words of a document, with the weights of their words.
///
/// A run is one number: the leading 56 bits of its hash above the sum of the weights, so that
/// sorting, merging and adding up go over one array. Three words weigh at most 150.
struct WeightedShingles: Sendable, Equatable {
  /// Ascending and distinct.
  let keys: [UInt64]
  /// The sum of all weights.
  let weight: Int

  var count: Int { keys.count }

  @inline(__always)
  static func weight(_ key: UInt64) -> Int { Int(truncatingIfNeeded: key & 0xFF) }

  /// Whether a key stands for a shingle with this hash.
  @inline(__always)
  static func matches(_ key: UInt64, hash: UInt64) -> Bool { (key ^ hash) &>> 8 == 0 }

  /// The runs of `length` words, 2 or 3; a text of fewer words than 3 is one run of three.
  init(_ tokens: [UInt32], weights: [UInt8], length: Int) {
    precondition(tokens.count == weights.count && (2...3).contains(length))
    let size = length == 3 ? min(3, tokens.count) : 2
    guard !tokens.isEmpty, tokens.count >= size else {
      (keys, weight) = ([], 0)
      return
    }
    let count = tokens.count - size + 1
    keys = [UInt64](unsafeUninitializedCapacity: count) { output, initialized in
      guard let start = output.baseAddress else { return }
      tokens.withUnsafeBufferPointer { tokens in
        weights.withUnsafeBufferPointer { weights in
          guard let token = tokens.baseAddress, let weight = weights.baseAddress else { return }
          Self.fill(start, token, weight, count: count, size: size)
        }
      }
      initialized = HashSorting.sortDistinct(start, count: count, below: .max)
    }
    weight = keys.reduce(0) { $0 &+ Self.weight($1) }
  }

  private static func fill(
    _ output: UnsafeMutablePointer<UInt64>, _ tokens: UnsafePointer<UInt32>,
    _ weights: UnsafePointer<UInt8>, count: Int, size: Int
  ) {
    for index in 0..<count {
      var weight: UInt64 = 0
      for place in index..<(index &+ size) { weight &+= UInt64(weights[place]) }
      let hash =
        size == 3
        ? ShingleHash.hash(tokens[index], tokens[index &+ 1], tokens[index &+ 2])
        : ShingleHash.hash(tokens + index, count: size)
      output[index] = hash & ~0xFF | min(weight, 0xFF)
    }
  }

  func checkInvariants() {
    #if DEBUG
      precondition(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 }, "ascending and distinct")
    #endif
  }
}
