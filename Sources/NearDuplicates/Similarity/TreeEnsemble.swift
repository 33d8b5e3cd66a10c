// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Regression trees of depth 3 over `PairMeasures`, whose leaves are summed.
struct TreeEnsemble: Sendable {
  private static let innerNodes = 7
  private static let leafNodes = 8

  /// Seven measures and thresholds and eight leaves for each tree.
  private var measures: [Int] = []
  private var thresholds: [Float] = []
  private var leaves: [Float] = []

  var count: Int { leaves.count / Self.leafNodes }

  /// - Parameter text: Trees in the form that Tests/Benchmarks/PairModel/write_swift.py says.
  init(_ text: StaticString) {
    let text = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
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
      for _ in 0..<3 {
        let isGreater = values[measures[first &+ node]] > thresholds[first &+ node]
        node = 2 &* node &+ (isGreater ? 2 : 1)
      }
      sum += Double(leaves[tree &* leafNodes &+ node &- innerNodes])
    }
    return sum
  }
}
