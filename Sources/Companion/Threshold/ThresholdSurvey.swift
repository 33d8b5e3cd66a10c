// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// What other thresholds would have decided on the documents of the state.
struct ThresholdSurvey {
  struct Outcome: Sendable, Equatable {
    let effect: ThresholdEffect
    let merged: [ThresholdExample]
    let split: [ThresholdExample]
  }

  let collection: RecordedCollection
  let configured: Double
  let outcomes: [Outcome]
  /// Clusters of two documents and more, as they are.
  let clusters: Int
  let clustered: Int
  /// Documents whose text is not in the state.
  let missing: Int

  /// - Parameters:
  ///   - thresholds: in ascending order.
  ///   - examples: how many of each kind at most.
  init(
    _ source: CollectionSource, _ places: ResultPlaces, thresholds: [Double], examples: Int
  ) throws {
    let texts = try StoredTexts(source, places, for: "neardup threshold")
    collection = source.collection
    configured = places.threshold
    var replays = thresholds.map { ThresholdReplay(threshold: $0) }
    var fingerprinter = Fingerprinter(sampling: SketchSampling(oneIn: places.sampleOneIn))
    var present: [UInt32: UInt32] = [:]
    for document in collection.documents {
      guard let tokens = try texts.stored(document.number) else { continue }
      let prepared = PreparedDocument(
        Fingerprint(
          tokens: tokens.tokens, traits: tokens.traits,
          sketch: fingerprinter.sketch(ofStored: tokens.tokens)))
      for place in replays.indices {
        try replays[place].take(
          document.number, text: document.identicalTo ?? document.number, prepared,
          texts.tokens)
      }
      present[document.number] = collection.clusters.group(of: document.number)
    }
    missing = collection.documents.count - present.count
    let now = ThresholdEffect(threshold: configured, present: present, other: present)
    (clusters, clustered) = (now.clusters, now.clustered)
    outcomes = try replays.map { replay in
      let effect = ThresholdEffect(
        threshold: replay.threshold, present: present, other: replay.clusters())
      return Outcome(
        effect: effect,
        merged: try effect.merged.prefix(examples).compactMap {
          try ThresholdExample($0, texts.tokens)
        },
        split: try effect.split.prefix(examples).compactMap {
          try ThresholdExample($0, texts.tokens)
        })
    }
  }
}
