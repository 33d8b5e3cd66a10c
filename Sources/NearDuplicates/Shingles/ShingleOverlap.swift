// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How much two sets of shingles have in common: sizes, from which the measures follow.
package struct ShingleOverlap: Sendable, Equatable {
  /// Distinct shingles in both.
  package var shared: Int
  /// Distinct shingles in the first and in the second.
  package var first: Int
  package var second: Int

  package init(shared: Int, first: Int, second: Int) {
    self.shared = shared
    self.first = first
    self.second = second
  }

  /// Shared shingles by those in either (Jaccard; Broder 1997); 0 for two empty sets.
  package var resemblance: Double {
    let union = first + second - shared
    return union == 0 ? 0 : Double(shared) / Double(union)
  }

  /// Shared shingles by those of the smaller set; 0 where one is empty.
  package var containment: Double {
    let smaller = min(first, second)
    return smaller == 0 ? 0 : Double(shared) / Double(smaller)
  }
}
