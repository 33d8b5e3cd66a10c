// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// All documents seen so far, in clusters; decides where each new one belongs.
///
/// Owned by one task. Its decisions depend only on the documents, their order and the settings, and
/// what one arrival costs does not grow with the clusters. A collection that is brought back from
/// the state goes on exactly as it would have.
package struct Collection: Sendable {
  /// Reads the stored tokens of an earlier document.
  package typealias Contents = (UInt32) throws -> TokenSequence

  var clusters: ClusterTable
  var index = ShingleIndex()
  var counts = ClusterCounts()
  /// The first document with a token sequence, by the key of its hash.
  var sequences = ShardedTable()
  /// Those of them that are being brought back.
  var gatheredSequences = GatheredEntries()
  /// The weight of each document's sample, from the horizon on; 0 for copies and for the unused
  /// place 0.
  var sampleWeights: ContiguousArray<UInt32> = [0]
  var scorer = PairScorer()
  var search = CandidateSearch()
  /// What the counts still lack after a restart.
  var replay = CountReplay()
  /// From this document on texts are counted when a collection is brought back.
  let countedFrom: UInt32
  /// What documents were listed under in the place of others that are gone, while a collection is
  /// brought back.
  var takenOver: Set<TakenOver> = []
  /// How many keys documents are listed under, all together.
  var postedCount = 0

  /// So many are to be brought back.
  let expectedDocuments: Int

  /// What is added to the log-odds that joining and merging ask for.
  let strictness: Double

  /// - Parameters:
  ///   - threshold: The probability from which documents belong together, 0 to 1, both excluded; at
  ///     .5 the fitted limits hold as they are.
  ///   - expectedDocuments: How many are going to be restored, about.
  ///   - base: The last document beyond the horizon.
  ///   - countedFrom: The first document whose text the counts may know.
  package init(
    threshold: Double = 0.5, expectedDocuments: Int = 0, base: UInt32 = 0,
    countedFrom: UInt32 = 0
  ) {
    self.expectedDocuments = expectedDocuments
    self.countedFrom = countedFrom
    clusters = ClusterTable(base: base)
    strictness = Linkage.logOdds(min(max(threshold, 0.001), 0.999))
  }

  /// How many documents take part.
  package var documentCount: Int { clusters.documentCount }
  /// The number that the next document gets.
  package var nextDocument: UInt32 { clusters.nextDocument }
  /// The last document beyond the horizon.
  package var base: UInt32 { clusters.base }
  package var clusterCount: Int { clusters.clusterCount }
  /// Bytes that are kept for all documents together.
  package var byteCount: Int {
    index.byteCount + clusters.byteCount + sequences.byteCount + counts.byteCount
      + 4 * sampleWeights.count
  }
  /// How many pairs of documents were compared since the start.
  package var comparisons: Int { scorer.comparisons }

  /// About how much memory the documents and what is derived of them takes, from what is the same
  /// before and after a restart: the sizes of tables are not.
  package var accountedBytes: Int { 13 * postedCount + 60 * clusters.documentCount }

  /// Whether a document takes part: it is within the horizon and was not forgotten.
  package func isPresent(_ document: UInt32) -> Bool { clusters.isPresent(document) }

  /// The cluster that a document is in now; the document must be present.
  package func cluster(of document: UInt32) -> UInt32 { clusters.cluster(of: document) }

  /// The founder of a cluster, or who stands for it when that is not present; nil when no member
  /// is.
  package func standIn(for founder: UInt32) -> UInt32? {
    if isPresent(founder) { return founder }
    return clusters.stands(founder) ? clusters.representatives(of: founder).first : nil
  }

  // MARK: Deciding

  /// Takes the next document in; its number is one more than the last one's.
  ///
  /// What `contents` throws is passed on, and the collection is of no use then.
  package mutating func add(
    _ document: PreparedDocument, contents: Contents
  ) throws -> Assignment {
    if let original = try original(of: document, contents) {
      return addCopy(document, of: original, relation: .near)
    }
    let number = clusters.nextDocument
    scorer.begin(number, document.profile)
    defer { scorer.finish() }
    let compared = try compare(document, contents)
    let choice = try choice(compared, contents)
    let joined = choice.joined
    let lawful = compared.flatMap(\.lawful).prefix(DocumentTrace.lawfulLimit)
    var assignment = try enter(
      document, joined.map { compared[$0] }, lawful: Array(lawful),
      isRoundUp: joined == nil && !choice.contains.isEmpty, contents)
    guard !compared.isEmpty else { return assignment }
    // The counts have changed.
    scorer.forgetWeights()
    assignment.contains = choice.contains
    var revision = CollectionRevision(
      document: number, compared: compared, joined: joined, contains: choice.contains,
      roundUp: choice.roundUp,
      frame: choice.frame)
    try revise(&revision, contents)
    assignment.revisions = revision.revisions
    return assignment
  }

  /// Takes a document in whose bytes equal those of an earlier one.
  package mutating func addIdentical(
    _ document: PreparedDocument, to original: UInt32
  ) -> Assignment {
    addCopy(document, of: original, relation: .identical)
  }

  private mutating func addCopy(
    _ document: PreparedDocument, of earlier: UInt32, relation: Assignment.Relation
  ) -> Assignment {
    let number = clusters.nextDocument
    let original = clusters.original(of: earlier)
    clusters.copy(original)
    sampleWeights.append(0)
    return Assignment(
      cluster: clusters.cluster(of: original), relation: relation,
      match: .ofCopy(document, earlier),
      trace: DocumentTrace(document: number, kind: .copy(of: original)).encode())
  }

  /// The earlier document with the same tokens.
  mutating func original(
    of document: PreparedDocument, _ contents: Contents
  ) throws -> UInt32? {
    guard let known = sequences.value(of: document.sequenceKey) else { return nil }
    // The key is short, and somebody may have made it agree.
    return try scorer.tokens(of: known, contents) == document.profile.tokens ? known : nil
  }

  package func checkInvariants() {
    #if DEBUG
      index.checkInvariants()
      clusters.checkInvariants()
      counts.checkInvariants()
      scorer.checkInvariants()
      precondition(
        sampleWeights.count == Int(nextDocument - base), "one weight for each document")
    #endif
  }
}
