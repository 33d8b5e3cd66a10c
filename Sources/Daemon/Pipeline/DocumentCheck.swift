// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Control
internal import Documents
internal import FoundationEssentials
internal import NearDuplicates
internal import StateStore

/// A text that is asked about, made ready by whoever asks: that is most of the work.
struct DocumentCheck: Sendable {
  private let digest: [UInt8]
  private let document: PreparedDocument
  private let published: PublishedMoment?

  init(_ question: CheckQuestion, sampling: SketchSampling, hasStories: Bool) {
    var fingerprinter = Fingerprinter(sampling: sampling)
    let tokens = question.tokens
    digest = question.digest
    published = question.published
    let fingerprint = Fingerprint(
      tokens: tokens.tokens, traits: tokens.traits,
      sketch: fingerprinter.sketch(ofStored: tokens.tokens))
    if hasStories {
      var gathering = TermGathering()
      document = PreparedDocument(fingerprint, &gathering)
    } else {
      document = PreparedDocument(fingerprint)
    }
  }

  /// What a collection and its stories would decide, which stay as they are.
  ///
  /// - Parameters:
  ///   - stories: Nil when there are to be none.
  ///   - time: microseconds since the epoch: when it would arrive.
  ///   - original: The first document with a digest, if there is one.
  ///   - dropName: What the log calls a drop directory; nil when there is one only.
  func report(
    _ collection: inout Collection, _ stories: inout Stories?, _ lookup: DocumentLookup,
    time: Int64, original: ([UInt8]) throws -> UInt32?, dropName: (UInt32) throws -> [UInt8]?
  ) throws -> CheckReport {
    let probe: Probe
    if let original = try original(digest) {
      probe = collection.probeIdentical(document, to: original)
    } else {
      probe = try collection.probe(document) { try lookup.tokens(of: $0) }
    }
    let candidates = try probe.candidates.map { candidate in
      let member = try lookup.document(candidate.match.document)
      return CheckReport.Candidate(
        cluster: "c\(candidate.cluster)", texts: candidate.texts, joins: candidate.isJoined,
        match: CheckReport.Match(
          candidate.match, path: member.path, drop: try dropName(member.drop)))
    }
    var report = CheckReport(
      relation: Relation(probe.relation).rawValue,
      cluster: candidates.first { $0.joins }?.cluster, candidates: candidates,
      limit: probe.limit, documents: collection.documentCount)
    let joined = probe.candidates.first { $0.isJoined }?.cluster
    try tell(&report, joined, collection, &stories, lookup, time: time, dropName: dropName)
    return report
  }

  /// Adds the story: that of the cluster, or where a cluster of its own would come.
  private func tell(
    _ report: inout CheckReport, _ cluster: UInt32?, _ collection: Collection,
    _ stories: inout Stories?, _ lookup: DocumentLookup, time: Int64,
    dropName: (UInt32) throws -> [UInt8]?
  ) throws {
    guard let text = document.story, let count = stories?.storyCount else { return }
    report.stories = count
    if let story = cluster.flatMap({ stories?.story(of: $0) }) {
      report.story = "s\(story)"
      return
    }
    let moment = stories?.clock.time(published: published, arrived: time) ?? time
    guard let found = stories?.probe(text, time: moment), let match = found.match else { return }
    report.story = "s\(match.story)"
    guard let standIn = collection.standIn(for: match.document) else { return }
    let row = try lookup.document(standIn)
    report.storyMatch = CheckReport.StoryMatch(
      match, document: standIn, path: row.path, drop: try dropName(row.drop), limit: found.limit)
  }
}

extension CheckReport.Match {
  init(_ match: Assignment.Match, path: [UInt8], drop: [UInt8]?) {
    let name = NameFields(path, drop)
    self.init(
      document: Int(match.document), path: name.path, pathB64: name.pathB64, member: name.member,
      drop: name.drop,
      resemblance: match.resemblance,
      containment: match.containment, shared: match.shared,
      clusterSimilarity: match.clusterSimilarity)
  }
}

extension CheckReport.StoryMatch {
  init(
    _ match: StoryProbe.Match, document: UInt32, path: [UInt8], drop: [UInt8]?, limit: Double
  ) {
    let name = NameFields(path, drop)
    self.init(
      document: Int(document), path: name.path, pathB64: name.pathB64, member: name.member,
      drop: name.drop,
      similarity: match.similarity, limit: limit)
  }
}

/// A document's name as JSON has it.
private struct NameFields {
  let path: String
  let pathB64: String?
  let member: String?
  let drop: String?

  init(_ path: [UInt8], _ drop: [UInt8]?) {
    let (file, member) = MemberPath.split(path)
    self.path = String(decoding: file, as: UTF8.self)
    pathB64 =
      String(validating: file, as: UTF8.self) == nil ? Data(file).base64EncodedString() : nil
    self.member = member.map { String(decoding: $0, as: UTF8.self) }
    self.drop = drop.map { String(decoding: $0, as: UTF8.self) }
  }
}
