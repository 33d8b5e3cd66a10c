// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

extension DocumentHistory {
  /// One object; the records are the lines of the log as they are.
  package func json() throws -> String {
    var bytes = Array(#"{"documents":"#.utf8)
    bytes += try JSONText.line(documents.map { Document($0, collection) })
    bytes += Array(#","records":["#.utf8)
    for (place, entry) in entries.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += entry.line
    }
    bytes += Array(#"],"incomplete":"#.utf8)
    bytes += try JSONText.line(missing)
    bytes += Array(#","alternatives":"#.utf8)
    bytes += try JSONText.line(alternatives.map { Report($0, collection) })
    bytes += Array("}\n".utf8)
    return String(decoding: bytes, as: UTF8.self)
  }

  private struct Document: Encodable {
    let document: UInt32
    let path: String
    let pathB64: String?
    let member: String?
    let drop: String?
    let time: String
    let words: Int
    let bytes: Int
    let relation: String
    let cluster: String
    let replacedBy: UInt32?
    let removed: Bool
    let fileGone: Bool

    init(_ document: RecordedDocument, _ collection: RecordedCollection) {
      let name = NamedPath(document, collection)
      self.document = document.number
      path = name.path
      pathB64 = name.pathB64
      member = name.member
      drop = name.drop
      time = LogTime.text(document.arrived)
      words = document.words
      bytes = document.bytes
      relation = document.relation.rawValue
      cluster = "c\(collection.clusters.group(of: document.number) ?? document.cluster)"
      replacedBy = collection.successor(of: document.number)
      removed = collection.isRemoved(document.number)
      fileGone = DropFile.isGone(document, in: collection)
    }
  }

  private struct Report: Encodable {
    struct Cluster: Encodable {
      let cluster: String
      let nearest: NamedDocument
      let similarity: Double
      let resemblance: Double
      let containment: Double
      let shared: Int
      let sharedSamples: Int
    }

    let document: UInt32
    let joinsFrom: Double
    let samples: Int
    let clusters: [Cluster]

    init(_ alternatives: Alternatives, _ collection: RecordedCollection) {
      document = alternatives.document
      joinsFrom = ReportText.rounded(alternatives.joins)
      samples = alternatives.samples
      clusters = alternatives.clusters.map { cluster in
        Cluster(
          cluster: "c\(cluster.cluster)", nearest: NamedDocument(cluster.nearest, collection),
          similarity: ReportText.rounded(cluster.similarity),
          resemblance: ReportText.rounded(cluster.resemblance),
          containment: ReportText.rounded(cluster.containment), shared: cluster.shared,
          sharedSamples: cluster.sharedSamples)
      }
    }
  }
}
