// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

extension DriftSurvey {
  func json() throws -> String {
    try JSONText.pretty(
      Report(
        documents: compared, withoutText: missing, sampled: sampled, nearPairs: nearPairs,
        apartPairs: apartPairs,
        apartExamples: apartExamples.map { pair in
          Report.Pair(pair.first, pair.second, pair.overlap, collection)
        },
        clustered: clustered, unsupported: unsupported,
        unsupportedExamples: unsupportedExamples.map { member in
          Report.Pair(member.document, member.nearest, member.overlap, collection)
        }))
  }

  private struct Report: Encodable {
    /// Of an unsupported member: itself and its nearest.
    struct Pair: Encodable {
      let documents: [NamedDocument]
      let clusters: [String]
      let resemblance: Double
      let containment: Double

      init(
        _ first: UInt32, _ second: UInt32, _ overlap: ShingleOverlap,
        _ collection: RecordedCollection
      ) {
        documents = [first, second].compactMap { collection[$0] }
          .map { NamedDocument($0, collection) }
        clusters = [first, second].compactMap { collection.clusters.group(of: $0) }
          .map { "c\($0)" }
        resemblance = ReportText.rounded(overlap.resemblance)
        containment = ReportText.rounded(overlap.containment)
      }
    }

    let documents: Int
    let withoutText: Int
    let sampled: Int
    let nearPairs: Int
    let apartPairs: Int
    let apartExamples: [Pair]
    let clustered: Int
    let unsupported: Int
    let unsupportedExamples: [Pair]
  }
}
