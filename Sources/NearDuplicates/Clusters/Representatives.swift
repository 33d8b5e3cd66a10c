// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Up to eight documents that stand for a cluster: the founder and a sample of the others.
struct Representatives: Sendable, Equatable, RandomAccessCollection {
  static let limit = 8

  private var documents: SIMD8<UInt32> = .zero
  private(set) var count = 0

  init() {}

  init(_ document: UInt32) {
    documents[0] = document
    count = 1
  }

  var startIndex: Int { 0 }
  var endIndex: Int { count }
  subscript(index: Int) -> UInt32 { documents[index] }

  mutating func append(_ document: UInt32) {
    documents[count] = document
    count += 1
  }

  /// Takes a document in as the `size`-th of its cluster, with a chance of 8 in `size`.
  ///
  /// A reservoir (Vitter 1985) whose draw depends on the document and the size alone. The first
  /// place is the founder's for good.
  mutating func draw(_ document: UInt32, size: Int) {
    if count < Self.limit { return append(document) }
    let mixed = Mixing.mix(UInt64(document) << 20 ^ UInt64(size))
    let place = Int((mixed >> 33) % UInt64(size))
    if (1..<Self.limit).contains(place) { documents[place] = document }
  }

  mutating func remove(_ document: UInt32) {
    var kept = Representatives()
    for other in self where other != document { kept.append(other) }
    self = kept
  }

  /// In turn one of each, as many as there is room for.
  init(survivor: Representatives, absorbed: Representatives) {
    for index in 0..<Self.limit {
      if index < survivor.count, count < Self.limit { append(survivor[index]) }
      if index < absorbed.count, count < Self.limit { append(absorbed[index]) }
    }
  }
}
