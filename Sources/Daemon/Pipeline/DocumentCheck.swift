// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import FoundationEssentials
internal import NearDuplicates
internal import StateStore

/// A text that is asked about, made ready by whoever asks: that is most of the work.
struct DocumentCheck: Sendable {
  private let digest: [UInt8]
  private let document: PreparedDocument

  init(_ question: CheckQuestion, sampling: SketchSampling) {
    var fingerprinter = Fingerprinter(sampling: sampling)
    let tokens = question.tokens
    digest = question.digest
    document = PreparedDocument(
      Fingerprint(
        tokens: tokens.tokens, traits: tokens.traits,
        sketch: fingerprinter.sketch(ofStored: tokens.tokens)))
  }

  /// What a collection would decide, which stays as it is.
  ///
  /// - Parameters:
  ///   - original: The first document with a digest, if there is one.
  ///   - dropName: What the log calls a drop directory; nil when there is one only.
  func report(
    _ collection: inout Collection, _ lookup: DocumentLookup,
    original: ([UInt8]) throws -> UInt32?, dropName: (UInt32) throws -> [UInt8]?
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
    return CheckReport(
      relation: Relation(probe.relation).rawValue,
      cluster: candidates.first { $0.joins }?.cluster, candidates: candidates,
      limit: probe.limit, documents: collection.documentCount)
  }
}

extension CheckReport.Match {
  init(_ match: Assignment.Match, path: [UInt8], drop: [UInt8]?) {
    let name = String(validating: path, as: UTF8.self)
    self.init(
      document: Int(match.document), path: name ?? String(decoding: path, as: UTF8.self),
      pathB64: name == nil ? Data(path).base64EncodedString() : nil,
      drop: drop.map { String(decoding: $0, as: UTF8.self) }, resemblance: match.resemblance,
      containment: match.containment, shared: match.shared,
      clusterSimilarity: match.clusterSimilarity)
  }
}
