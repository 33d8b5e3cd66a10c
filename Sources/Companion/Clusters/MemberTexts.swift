// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore

/// The texts of a cluster's members, as words that the state keeps whether or not the files are
/// still there.
struct MemberTexts {
  /// So many texts are considered for the principal: more are all alike in what they share.
  static let consideredTexts = 1_000

  private let state: StateSnapshot

  init(_ state: StateSnapshot) { self.state = state }

  /// The text of a document, that of the one it is identical to if need be.
  func text(of document: RecordedDocument) throws -> ShingledText? {
    try state.text(of: document).map { ShingledText($0.tokens) }
  }

  /// The most complete member: it has most of what other members have too.
  ///
  /// That is not the longest, whose length may be its site's own. Of members that are equal in
  /// that, as the two of a pair are, it is the one with more words, then the earlier one.
  func principal(of members: [RecordedDocument]) throws -> (RecordedDocument, ShingledText)? {
    var texts: [(RecordedDocument, ShingledText)] = []
    for member in members where member.identicalTo == nil && texts.count < Self.consideredTexts {
      if let text = try text(of: member) { texts.append((member, text)) }
    }
    let shared = SharedShingles(texts.map(\.1))
    var best: (place: Int, shared: Int)?
    for (place, (_, text)) in texts.enumerated() {
      let count = shared.count(in: text)
      if let known = best {
        let known = (known.shared, texts[known.place].1.words)
        if (count, text.words) <= known { continue }
      }
      best = (place, count)
    }
    return best.map { texts[$0.place] }
  }

  func reuse(
    of member: RecordedDocument, _ principal: ShingledText
  ) throws -> ClusterMember.Reuse? {
    guard let text = try text(of: member) else { return nil }
    let overlap = ShingleSet.overlap(text.shingles, principal.shingles)
    let shingles = max(1, overlap.first)
    return ClusterMember.Reuse(
      inPrincipal: Double(overlap.shared) / Double(shingles),
      ofPrincipal: Double(principal.words(alsoIn: text)) / Double(max(1, principal.words)),
      added: text.words - text.words(alsoIn: principal))
  }
}
