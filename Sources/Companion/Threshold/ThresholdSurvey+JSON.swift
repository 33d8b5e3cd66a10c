// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension ThresholdSurvey {
  func json() throws -> String {
    try JSONText.pretty(
      Report(
        configured: configured, documents: collection.documents.count, withoutText: missing,
        clusters: clusters, clustered: clustered,
        thresholds: outcomes.map { outcome in
          Report.Threshold(
            threshold: outcome.effect.threshold, clusters: outcome.effect.clusters,
            clustered: outcome.effect.clustered, merged: outcome.effect.merged.count,
            split: outcome.effect.split.count,
            mergedExamples: outcome.merged.map { Report.Example($0, collection) },
            splitExamples: outcome.split.map { Report.Example($0, collection) })
        }))
  }

  private struct Report: Encodable {
    struct Threshold: Encodable {
      let threshold: Double
      let clusters: Int
      let clustered: Int
      let merged: Int
      let split: Int
      let mergedExamples: [Example]
      let splitExamples: [Example]
    }

    struct Example: Encodable {
      let clusters: [String]
      let documents: [NamedDocument]
      let similarity: Double

      init(_ example: ThresholdExample, _ collection: RecordedCollection) {
        clusters = example.clusters.map { "c\($0)" }
        documents = [example.first, example.second].compactMap { collection[$0] }
          .map { NamedDocument($0, collection) }
        similarity = ReportText.rounded(example.similarity)
      }
    }

    let configured: Double
    let documents: Int
    let withoutText: Int
    let clusters: Int
    let clustered: Int
    let thresholds: [Threshold]
  }
}
