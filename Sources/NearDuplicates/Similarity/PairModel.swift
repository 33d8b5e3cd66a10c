// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Says how likely two documents are near-duplicates: the log-odds, by gradient-boosted trees.
///
/// 150 trees of depth 3 (Friedman 2001, fitted by LightGBM) over `PairMeasures`, monotone in every
/// measure whose direction is known, so that more in common never makes a pair less alike.
struct PairModel: Sendable {
  static let shared = PairModel()

  /// Scores are cut off here: beyond it they say nothing more, and one pair could outweigh many.
  static let limit = 6.0

  private static let innerNodes = 7
  private static let leafNodes = 8

  /// Seven measures and thresholds and eight leaves for each tree.
  private var measures: [Int] = []
  private var thresholds: [Float] = []
  private var leaves: [Float] = []

  var treeCount: Int { leaves.count / Self.leafNodes }

  private init() {
    let text = UnsafeRawBufferPointer(
      start: Self.trees.utf8Start, count: Self.trees.utf8CodeUnitCount)
    for line in text.split(separator: UInt8(ascii: "\n")) {
      var digits = line.lazy.map(Self.digit)[...]
      func number(_ length: Int) -> UInt64 {
        defer { digits = digits.dropFirst(length) }
        return digits.prefix(length).reduce(0) { $0 << 6 | $1 }
      }
      for _ in 0..<Self.innerNodes { measures.append(Int(number(1))) }
      for _ in 0..<Self.innerNodes {
        thresholds.append(Float(bitPattern: UInt32(truncatingIfNeeded: number(6))))
      }
      for _ in 0..<Self.leafNodes {
        // The sign is bit 23.
        let millionths = Int32(truncatingIfNeeded: number(4) << 8) >> 8
        leaves.append(Float(Double(millionths) / 1_000_000))
      }
    }
    precondition(measures.allSatisfy { $0 < PairMeasure.allCases.count }, "known measures only")
  }

  /// The number that a character stands for: digits, capitals, small letters, plus, minus.
  private static func digit(_ character: UInt8) -> UInt64 {
    switch character {
    case 0x30...0x39: UInt64(character - 0x30)
    case 0x41...0x5A: UInt64(character - 0x41) + 10
    case 0x61...0x7A: UInt64(character - 0x61) + 36
    case UInt8(ascii: "+"): 62
    default: 63
    }
  }

  /// The log-odds that a pair with these measures is one of near-duplicates, from −6 to 6.
  func score(_ pair: PairMeasures) -> Double {
    let sum = pair.values.withUnsafeBufferPointer { values in
      measures.withUnsafeBufferPointer { measures in
        thresholds.withUnsafeBufferPointer { thresholds in
          leaves.withUnsafeBufferPointer { leaves in
            Self.sum(values, measures, thresholds, leaves)
          }
        }
      }
    }
    return max(-Self.limit, min(Self.limit, sum))
  }

  private static func sum(
    _ values: UnsafeBufferPointer<Float>, _ measures: UnsafeBufferPointer<Int>,
    _ thresholds: UnsafeBufferPointer<Float>, _ leaves: UnsafeBufferPointer<Float>
  ) -> Double {
    var sum = 0.0
    for tree in 0..<leaves.count / leafNodes {
      let first = tree &* innerNodes
      var node = 0
      for _ in 0..<3 {
        let isGreater = values[measures[first &+ node]] > thresholds[first &+ node]
        node = 2 &* node &+ (isGreater ? 2 : 1)
      }
      sum += Double(leaves[tree &* leafNodes &+ node &- innerNodes])
    }
    return sum
  }
}
