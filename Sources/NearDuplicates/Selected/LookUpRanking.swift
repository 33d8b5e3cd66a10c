// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Which clusters a text is compared with, of those that a look-up found: what `CandidateSearch`
/// does with the engine's own index.
package enum LookUpRanking {
  /// A text that is listed under a key.
  package struct Listed: Sendable, Equatable {
    package var text: UInt32
    /// The cluster that it is in now.
    package var cluster: UInt32

    package init(text: UInt32, cluster: UInt32) {
      self.text = text
      self.cluster = cluster
    }
  }

  /// A cluster to compare with.
  package struct Candidate: Sendable, Equatable {
    package var cluster: UInt32
    /// Its texts that share most with the asking one, the most first.
    package var texts: [UInt32]
  }

  private struct Hits {
    var evidence = 0
    var lastKey = -1
    var ofText: [UInt32: Int] = [:]
  }

  /// The least evidence, as `CandidateSearch` has it: more than a run of three common words. How
  /// many shingles are shared is asked again when the texts are there.
  private static let leastEvidence = 60 * 64
  /// What the same words, or the same band, weigh.
  private static let (ofSameWords, ofBand) = (1 << 40, 1 << 30)

  /// - Parameter listed: what is listed under a key.
  /// - Returns: At most eight clusters, those with the most evidence first.
  package static func candidates(
    _ keys: LookUpKeys, listed: (Int64) -> [Listed]
  ) -> [Candidate] {
    var clusters: [UInt32: Hits] = [:]
    func take(_ number: Int, _ texts: [Listed], _ weight: Int) {
      for text in texts {
        var hits = clusters[text.cluster] ?? Hits()
        if hits.lastKey != number { hits.evidence += weight }
        hits.lastKey = number
        hits.ofText[text.text, default: 0] += weight > ofBand / 2 ? 1_000 : 1
        clusters[text.cluster] = hits
      }
    }
    for (number, key) in keys.shingles.enumerated() {
      let texts = listed(key)
      if texts.isEmpty || texts.count >= LookUpKeys.textsPerKey { continue }
      let others = Set(texts.map(\.cluster)).count - 1
      take(number, texts, Int(keys.weights[number]) * TextWeights.factor(others))
    }
    for (number, key) in keys.bands.enumerated() {
      take(keys.shingles.count + number, listed(key), ofBand)
    }
    take(.max, listed(keys.sequence), ofSameWords)
    let kept = clusters.filter { $0.value.evidence >= leastEvidence }
    let ranked = kept.sorted { one, other in
      one.value.evidence != other.value.evidence
        ? one.value.evidence > other.value.evidence : one.key < other.key
    }
    return ranked.prefix(CandidateSearch.clusterLimit).map { cluster, hits in
      let texts = hits.ofText.sorted { one, other in
        one.value != other.value ? one.value > other.value : one.key < other.key
      }
      return Candidate(
        cluster: cluster, texts: texts.prefix(CandidateSearch.documentLimit).map(\.key))
    }
  }
}
