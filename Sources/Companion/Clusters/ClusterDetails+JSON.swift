// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

extension ClusterDetails {
  package func json() throws -> String {
    try JSONText.pretty(
      Report(
        cluster: "c\(cluster)", askedFor: askedFor.map { "c\($0)" },
        story: story.map { "s\($0)" },
        principal: principal.map { NamedDocument($0, collection) },
        firstSeen: NamedDocument(members[0].document, collection),
        members: members.map { Member($0, collection) }, source: collection.source.rawValue))
  }

  private struct Report: Encodable {
    let cluster: String
    let askedFor: String?
    let story: String?
    let principal: NamedDocument?
    let firstSeen: NamedDocument
    let members: [Member]
    let source: String
  }

  private struct Member: Encodable {
    let document: UInt32
    let time: String
    let path: String
    let pathB64: String?
    let member: String?
    let drop: String?
    let title: String?
    let relation: String
    let words: Int
    let bytes: Int
    let identicalTo: UInt32?
    let replacedBy: UInt32?
    let removed: Bool
    let fileGone: Bool
    let containmentInPrincipal: Double?
    let shareOfPrincipal: Double?
    let addedWords: Int?

    init(_ member: ClusterMember, _ collection: RecordedCollection) {
      let document = member.document
      self.document = document.number
      time = LogTime.text(document.arrived)
      let name = NamedPath(document, collection)
      path = name.path
      pathB64 = name.pathB64
      self.member = name.member
      drop = name.drop
      title = member.headline
      relation = document.relation.rawValue
      words = document.words
      bytes = document.bytes
      identicalTo = document.identicalTo
      replacedBy = collection.successor(of: document.number)
      removed = collection.isRemoved(document.number)
      fileGone = member.isGone
      containmentInPrincipal = member.reuse.map { ReportText.rounded($0.inPrincipal) }
      shareOfPrincipal = member.reuse.map { ReportText.rounded($0.ofPrincipal) }
      addedWords = member.reuse?.added
    }
  }
}
