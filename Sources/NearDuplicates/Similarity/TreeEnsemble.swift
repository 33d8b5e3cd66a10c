// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Regression trees of depth 4 over `PairMeasures`, whose leaves are summed.
struct TreeEnsemble: Sendable {
  private static let depth = 4
  private static let innerNodes = 15
  private static let leafNodes = 16

  /// A measure and a threshold for each inner node, and the leaves, for each tree.
  private var measures: [Int] = []
  private var thresholds: [Float] = []
  private var leaves: [Float] = []

  var count: Int { leaves.count / Self.leafNodes }

  /// - Parameter text: Trees in the form that Tests/Benchmarks/PairModel/write_swift.py says.
  init(_ text: StaticString) {
    let text = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    let parts = text.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") }
    for number in 0..<parts.count / Self.partsOfTree {
      let tree = number * Self.partsOfTree
      measures += Self.numbers(parts[tree], length: 1).map(Int.init)
      thresholds += Self.numbers(parts[tree + 1], length: 6).map {
        Float(bitPattern: UInt32(truncatingIfNeeded: $0))
      }
      leaves += Self.numbers(parts[tree + 2], length: 4).map {
        // The sign is bit 23.
        Float(Double(Int32(truncatingIfNeeded: $0 << 8) >> 8) / 1_000_000)
      }
    }
    precondition(measures.allSatisfy { $0 < PairMeasure.allCases.count }, "known measures only")
  }

  private static let partsOfTree = 3

  /// The numbers of a part, of so many characters each.
  private static func numbers(_ part: Slice<UnsafeRawBufferPointer>, length: Int) -> [UInt64] {
    let digits = part.map(digit)
    return stride(from: 0, to: digits.count, by: length).map { place in
      digits[place..<min(place + length, digits.count)].reduce(0) { $0 << 6 | $1 }
    }
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

  func sum(_ pair: PairMeasures) -> Double {
    pair.values.withUnsafeBufferPointer { values in
      measures.withUnsafeBufferPointer { measures in
        thresholds.withUnsafeBufferPointer { thresholds in
          leaves.withUnsafeBufferPointer { leaves in
            Self.sum(values, measures, thresholds, leaves)
          }
        }
      }
    }
  }

  private static func sum(
    _ values: UnsafeBufferPointer<Float>, _ measures: UnsafeBufferPointer<Int>,
    _ thresholds: UnsafeBufferPointer<Float>, _ leaves: UnsafeBufferPointer<Float>
  ) -> Double {
    var sum = 0.0
    for tree in 0..<leaves.count / leafNodes {
      let first = tree &* innerNodes
      var node = 0
      for _ in 0..<depth {
        let isGreater = values[measures[first &+ node]] > thresholds[first &+ node]
        node = 2 &* node &+ (isGreater ? 2 : 1)
      }
      sum += Double(leaves[tree &* leafNodes &+ node &- innerNodes])
    }
    return sum
  }
}
