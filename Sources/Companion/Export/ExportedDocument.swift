// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// A document with all that is known of where it belongs, as a row of fields.
struct ExportedDocument {
  static let titles = [
    "document", "drop", "path", "path_b64", "cluster", "story", "relation",
    "identical_to", "replaces", "current", "words", "bytes", "sha256", "time", "member", "title",
    "principal", "match", "resemblance", "containment", "cluster_similarity", "seq", "changed",
  ]

  /// As many as there are titles.
  let fields: [RowField]

  /// - Parameter principal: the most complete document of its cluster, where that is known.
  init(
    _ document: RecordedDocument, _ collection: RecordedCollection, _ decisions: DocumentDecisions,
    principal: UInt32?
  ) {
    let drop = collection.drops[document.drop].flatMap { $0.isEmpty ? nil : $0 }
    let (path, member) = MemberPath.split(document.path)
    let isText = String(validating: path, as: UTF8.self) != nil
    let cluster = collection.clusters.group(of: document.number) ?? document.cluster
    var digest: [UInt8] = []
    digest.append(hexadecimal: document.sha256)
    let placed: [RowField] = [
      .number(Int(document.number)), drop.map(RowField.text) ?? .absent,
      .text(Array(String(decoding: path, as: UTF8.self).utf8)),
      isText ? .absent : .text(Array(NamedPath.base64(Array(path)).utf8)),
      .text(Array("c\(cluster)".utf8)),
      decisions.stories.group(of: document.number).map { .text(Array("s\($0)".utf8)) } ?? .absent,
      .text(Array(document.relation.rawValue.utf8)), Self.number(document.identicalTo),
      Self.number(document.replaces), .flag(collection.isCurrent(document.number)),
      .number(document.words), .number(document.bytes), .text(digest),
      .text(Array(LogTime.text(document.arrived).utf8)), member.map(RowField.text) ?? .absent,
    ]
    fields = placed + Self.decided(decisions[document.number], principal: principal)
  }

  private static func decided(
    _ decision: DocumentDecisions.Decision?, principal: UInt32?
  ) -> [RowField] {
    let match = decision?.match
    return [
      decision?.title.map { .text(Array($0.utf8)) } ?? .absent, number(principal),
      number(match?.document), match.map { .measure($0.resemblance) } ?? .absent,
      match.map { .measure($0.containment) } ?? .absent,
      match.map { .measure($0.clusterSimilarity) } ?? .absent,
      decision.map { .number(Int(clamping: $0.sequence)) } ?? .absent,
      decision.map { .number(Int(clamping: $0.changed)) } ?? .absent,
    ]
  }

  private static func number(_ number: UInt32?) -> RowField {
    number.map { .number(Int($0)) } ?? .absent
  }
}
