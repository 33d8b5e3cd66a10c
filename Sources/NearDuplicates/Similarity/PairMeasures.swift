// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The values of all measures for one pair of documents, in single precision.
struct PairMeasures: Sendable, Equatable {
  private(set) var values = [Float](repeating: 0, count: PairMeasure.allCases.count)

  subscript(measure: PairMeasure) -> Double {
    get { Double(values[measure.rawValue]) }
    set { values[measure.rawValue] = Float(newValue) }
  }

  @inline(__always)
  static func ratio(_ part: Double, _ whole: Double) -> Double { whole > 0 ? part / whole : 0 }

  @inline(__always)
  static func ratio(_ part: Int, _ whole: Int) -> Double { ratio(Double(part), Double(whole)) }
}
