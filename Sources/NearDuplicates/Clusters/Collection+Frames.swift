// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Frames that are learnt where they show: when the third document of a site arrives.
extension Collection {
  /// So many documents are looked at together with the arriving one.
  private static let witnesses = 3
  /// What has less in common with the arriving document does not share its frame.
  private static let leastContainment = 0.25

  /// Documents with which the arriving one has nothing in common but a frame, and the frame.
  struct FrameEvidence {
    let frame: SharedFrame
    let witnesses: [UInt32]
  }

  /// Whether what the arriving document has in common with those that it would be near to is a
  /// frame.
  ///
  /// - Parameter compared: The clusters that it was compared with; to one at least it would be
  /// near.
  ///   Where it is one only, three must bear witness.
  mutating func frame(
    _ compared: [ComparedCluster], _ contents: Contents
  ) throws -> FrameEvidence? {
    guard compared.allSatisfy(\.lawful.isEmpty) else { return nil }
    let members = compared.flatMap(\.members).sorted { one, other in
      one.score.logOdds != other.score.logOdds
        ? one.score.logOdds > other.score.logOdds : one.document < other.document
    }
    let near = members.prefix { $0.score.logOdds > Linkage.joining + strictness }
    if near.count >= 2 {
      return try evidence(near.prefix(Self.witnesses).map(\.document), contents)
        ?? evidence(near.prefix(2).map(\.document), contents)
    }
    let alike = members.filter { $0.score.overlap.containment >= Self.leastContainment }
    guard near.count == 1, alike.count >= Self.witnesses else { return nil }
    return try evidence(alike.prefix(Self.witnesses).map(\.document), contents)
  }

  private mutating func evidence(
    _ witnesses: [UInt32], _ contents: Contents
  ) throws -> FrameEvidence? {
    var profiles = [try scorer.profile(of: clusters.nextDocument, contents)]
    for witness in witnesses { profiles.append(try scorer.profile(of: witness, contents)) }
    return SharedFrame(profiles).map { FrameEvidence(frame: $0, witnesses: witnesses) }
  }

  /// Takes the clusters apart that only a frame holds together, as far as all members are known.
  mutating func part(
    _ evidence: FrameEvidence, _ revision: inout CollectionRevision, _ contents: Contents
  ) throws {
    let held = Set(evidence.witnesses.map { clusters.cluster(of: $0) }).sorted()
    let reason = "document \(revision.document) shows that all it has in common is a frame"
    for cluster in held {
      let members = clusters.representatives(of: cluster)
      guard members.count > 1, members.count == clusters.size(of: cluster) else { continue }
      // The founder, if it is present.
      let anchor = members.first ?? cluster
      var apart = [anchor]
      for member in members.sorted() where member != anchor && !clusters.isBound(member) {
        let profile = try scorer.profile(of: member, contents)
        let kin = try apart.first {
          evidence.frame.leavesKin(profile, try scorer.profile(of: $0, contents))
        }
        if kin == anchor || kin == nil && clusters.hasNamed(member) { continue }
        move(member, to: kin ?? member, &revision, reason: reason)
        // One with too many copies has stayed where it was.
        if clusters.cluster(of: member) == member { apart.append(member) }
      }
    }
  }
}
