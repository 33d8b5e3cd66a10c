// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import StateStore

extension ClusterPortrait {
  /// What the page says where the state has no words of a cluster's documents.
  static let withoutTexts = "The state has no texts of this cluster."

  /// - Parameter members: those that are listed, in order of arrival.
  init(
    _ cluster: UInt32, _ members: [RecordedDocument], of collection: RecordedCollection,
    in state: StateSnapshot, _ limits: PageLimits
  ) throws {
    self.init(cluster: cluster, figures: members.map { _ in nil })
    gone = members.indices.filter { DropFile.isGone(members[$0], in: collection) }
    let texts = MemberTexts(state)
    guard let (principal, text) = try texts.principal(of: members),
      let tokens = try state.text(of: principal)?.tokens
    else {
      textMissing = Self.withoutTexts
      return
    }
    self.principal = principal.number
    principalName = TerminalText.safe(collection.name(of: principal))
    words = tokens.count
    figures = try members.map { member in
      try texts.reuse(of: member, text).map {
        [ReportText.rounded($0.inPrincipal), ReportText.rounded($0.ofPrincipal), Double($0.added)]
      }
    }
    let compared = Self.compared(members, principal, limits.compared)
    similarity = try Self.similarity(compared, members, texts)
    for place in compared where members[place].number != principal.number {
      guard let other = try state.text(of: members[place]) else { continue }
      reuse.append(Reuse(place, PassageAlignment(tokens, other.tokens)))
    }
    do throws(OriginalText.Missing) {
      self.text = try OriginalText(
        principal, in: collection, tokens: tokens, limit: limits.words)
    } catch {
      textMissing = "\(error)"
    }
  }

  /// The principal and the first others with bytes of their own, in order of arrival.
  private static func compared(
    _ members: [RecordedDocument], _ principal: RecordedDocument, _ limit: Int
  ) -> [Int] {
    let texts = members.indices.filter { members[$0].identicalTo == nil }
    let others = texts.filter { members[$0].number != principal.number }.prefix(limit - 1)
    return (others + texts.filter { members[$0].number == principal.number }).sorted()
  }

  private static func similarity(
    _ places: [Int], _ members: [RecordedDocument], _ texts: MemberTexts
  ) throws -> Similarity {
    var known: [(place: Int, shingles: ShingleSet)] = []
    for place in places {
      if let text = try texts.text(of: members[place]) { known.append((place, text.shingles)) }
    }
    let shares = known.map { row in
      known.map { column in
        let overlap = ShingleSet.overlap(row.shingles, column.shingles)
        return ReportText.rounded(Double(overlap.shared) / Double(max(1, overlap.first)))
      }
    }
    return Similarity(members: known.map(\.place), shares: shares)
  }
}

extension ClusterPortrait.Reuse {
  fileprivate init(_ member: Int, _ alignment: PassageAlignment) {
    func bounds(_ kind: PassageAlignment.Passage.Kind) -> [Int] {
      alignment.passages.filter { $0.kind == kind }
        .flatMap(\.sameInFirst).flatMap { [$0.lowerBound, $0.upperBound] }
    }
    self.init(member: member, shared: bounds(.shared), moved: bounds(.leaving))
  }
}
