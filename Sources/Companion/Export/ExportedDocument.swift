// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// A document with all that is known of where it belongs, as a row of fields.
struct ExportedDocument {
  enum Field: Equatable {
    case number(Int)
    case text([UInt8])
    case flag(Bool)
    case absent
  }

  static let titles = [
    "document", "drop", "path", "path_b64", "cluster", "story", "relation",
    "identical_to", "replaces", "current", "words", "bytes", "sha256", "time", "member",
  ]

  /// As many as there are titles.
  let fields: [Field]

  init(_ document: RecordedDocument, _ collection: RecordedCollection, _ stories: Partition) {
    let drop = collection.drops[document.drop].flatMap { $0.isEmpty ? nil : $0 }
    let (path, member) = MemberPath.split(document.path)
    let isText = String(validating: path, as: UTF8.self) != nil
    let cluster = collection.clusters.group(of: document.number) ?? document.cluster
    var digest: [UInt8] = []
    digest.append(hexadecimal: document.sha256)
    fields = [
      .number(Int(document.number)), drop.map(Field.text) ?? .absent,
      .text(Array(String(decoding: path, as: UTF8.self).utf8)),
      isText ? .absent : .text(Array(NamedPath.base64(Array(path)).utf8)),
      .text(Array("c\(cluster)".utf8)),
      stories.group(of: document.number).map { .text(Array("s\($0)".utf8)) } ?? .absent,
      .text(Array(document.relation.rawValue.utf8)), Self.number(document.identicalTo),
      Self.number(document.replaces), .flag(collection.isCurrent(document.number)),
      .number(document.words), .number(document.bytes), .text(digest),
      .text(Array(LogTime.text(document.arrived).utf8)), member.map(Field.text) ?? .absent,
    ]
  }

  private static func number(_ number: UInt32?) -> Field {
    number.map { .number(Int($0)) } ?? .absent
  }
}
