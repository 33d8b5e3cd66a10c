// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A document's runs with the k-weights that they have at this moment.
struct WeighedProfile: Sendable {
  let profile: DocumentProfile
  let pairs: MomentaryWeights
  let triples: MomentaryWeights

  init(_ profile: DocumentProfile, counts: ClusterCounts) {
    self.profile = profile
    pairs = MomentaryWeights(profile.pairs, counts: counts)
    triples = MomentaryWeights(profile.triples, counts: counts)
  }
}
