// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How many of a document's shingles its sketch keeps.
package struct SketchSampling: Sendable, Equatable {
  /// One in this many distinct shingles is kept, on average.
  package var oneIn: Int
  /// Documents that would keep fewer than this keep this many, or all that they have.
  package var floor: Int
  /// No document keeps more than this: the bound on what one huge document can cost.
  package var cap: Int

  package init(oneIn: Int = 8, floor: Int = 64, cap: Int = 1024) {
    precondition(oneIn > 0 && floor >= 0 && cap > 0 && floor <= cap)
    self.oneIn = oneIn
    self.floor = floor
    self.cap = cap
  }

  /// Hashes below this are kept, floor and cap aside.
  var threshold: UInt64 {
    oneIn == 1 ? .max : UInt64.max / UInt64(oneIn) + 1
  }
}
