// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A cluster's figures and texts, as the page's script reads them.
struct ClusterPortrait: Encodable, Sendable, Equatable {
  /// Every share is from 0 to 1, with four decimals.
  struct Similarity: Encodable, Sendable, Equatable {
    /// Places in the cluster, in order of arrival.
    let members: [Int]
    /// Which share of the row's shingles the column has too.
    let shares: [[Double]]
  }

  /// Where a member has words of the principal: begin and end of each passage, in words.
  struct Reuse: Encodable, Sendable, Equatable {
    let member: Int
    /// In the order of the principal.
    let shared: [Int]
    /// Elsewhere in the member.
    let moved: [Int]
  }

  let cluster: UInt32
  /// The number of the most complete document; nil where the state has no texts.
  var principal: UInt32?
  var principalName: String?
  /// Words of the principal.
  var words = 0
  /// By member: the share of it in the principal, the share of the principal in it, words added.
  var figures: [[Double]?]
  /// Places of the members whose file is gone.
  var gone: [Int] = []
  var similarity: Similarity?
  var reuse: [Reuse] = []
  var text: OriginalText?
  var textMissing: String?
}
