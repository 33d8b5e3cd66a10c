// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import StateStore

/// What `neardup cluster` prints: the members in order of arrival against the principal.
package struct ClusterDetails: Sendable {
  let cluster: UInt32
  /// The number that was asked for, when it was absorbed.
  let askedFor: UInt32?
  /// The most complete member; nil where no texts could be read.
  let principal: RecordedDocument?
  let members: [ClusterMember]
  /// Nil where the log has no stories.
  let story: UInt32?
  let collection: RecordedCollection

  init(
    cluster: UInt32, askedFor: UInt32?, principal: RecordedDocument?, members: [ClusterMember],
    story: UInt32?, collection: RecordedCollection
  ) {
    self.cluster = cluster
    self.askedFor = askedFor
    self.principal = principal
    self.members = members
    self.story = story
    self.collection = collection
  }

  /// Looks a cluster up; one that was absorbed leads to the one that did so.
  init(_ asked: UInt32, in source: CollectionSource) throws {
    let collection = source.collection
    let cluster = collection.clusters.survivor(of: asked)
    let documents = collection.clusters.members(of: cluster).compactMap { collection[$0] }
    guard let first = documents.first else {
      throw CommandFailure(
        CommandFailure.notFound, "there is no cluster c\(asked); neardup clusters lists them")
    }
    let (principal, members) = try Self.members(documents, collection, source.state)
    self.init(
      cluster: cluster, askedFor: asked == cluster ? nil : asked, principal: principal,
      members: members, story: try StoryScan(source.log).partition.group(of: first.number),
      collection: collection)
  }

  private static func members(
    _ documents: [RecordedDocument], _ collection: RecordedCollection, _ state: StateReader?
  ) throws -> (RecordedDocument?, [ClusterMember]) {
    var headlines = Headlines(collection)
    func member(_ document: RecordedDocument, _ reuse: ClusterMember.Reuse?) -> ClusterMember {
      ClusterMember(
        document: document, reuse: reuse,
        isGone: DropFile.isGone(document, in: collection),
        headline: headlines.headline(of: document))
    }
    guard let state else { return (nil, documents.map { member($0, nil) }) }
    return try state.snapshot { state in
      let texts = MemberTexts(state)
      guard let (principal, text) = try texts.principal(of: documents) else {
        return (nil, documents.map { member($0, nil) })
      }
      return (principal, try documents.map { member($0, try texts.reuse(of: $0, text)) })
    }
  }
}
