// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Decides where texts belong in a collection that is kept elsewhere, each among those that were
/// found for it there.
///
/// But for the finding it is `Collection` that decides: the law, the floor, the model, linkage,
/// mergers, moves, round-ups and frames. What is kept from one decision to the next is the counts
/// of runs, of the latest clusters of all. Numbers are those of the other place: they ascend in
/// order of arrival, and a cluster has the number of its first text.
package struct SelectedCollection: Sendable {
  /// A text that was found.
  package struct Text: Sendable {
    package var number: UInt32
    package var cluster: UInt32
    /// Whether it stays in its cluster whatever comes.
    package var isHeld: Bool
    /// Whether it is a round-up that began its cluster.
    package var isRoundUp: Bool
    package var document: PreparedDocument

    package init(
      number: UInt32, cluster: UInt32, isHeld: Bool, isRoundUp: Bool, document: PreparedDocument
    ) {
      self.number = number
      self.cluster = cluster
      self.isHeld = isHeld
      self.isRoundUp = isRoundUp
      self.document = document
    }
  }

  /// What was decided.
  package struct Decision: Sendable, Equatable {
    package var assignment: Assignment
    /// Texts that are near to it by the law, which none of them is parted from any more.
    package var lawful: [UInt32] = []
    /// Whether it is a round-up that began a cluster.
    package var isRoundUp = false
  }

  private let threshold: Double
  private var counts = ClusterCounts()

  /// - Parameter threshold: as `Collection` has it.
  package init(threshold: Double = 0.5) { self.threshold = threshold }

  /// Counts the text of a cluster that began earlier; the latest 16,384 are enough, in their order.
  package mutating func count(_ text: TokenSequence) {
    let runs = UncountedTexts.CountedRuns(text)
    counts.add(runs.pairs, unlessIn: [])
    counts.add(runs.triples, unlessIn: [])
    counts.didBeginCluster()
  }

  /// How many of the latest clusters are counted.
  package static let countedClusters = 2 * ClusterCounts.generation

  /// Decides about a text.
  ///
  /// - Parameters:
  ///   - number: greater than all others that were given.
  ///   - cluster: where it is for certain; nil where that is to be decided.
  ///   - others: the texts that were found, each once.
  package mutating func add(
    _ document: PreparedDocument, as number: UInt32, to cluster: UInt32? = nil,
    among others: [Text]
  ) throws -> Decision {
    var known = Set(others.map(\.number))
    known.formUnion(others.map(\.cluster))
    if let cluster { known.insert(cluster) }
    let numbers = known.sorted() + [number]
    var places: [UInt32: UInt32] = [:]
    for (place, number) in numbers.enumerated() { places[number] = UInt32(place + 1) }
    var collection = Collection(threshold: threshold)
    Self.bring(others, into: &collection) { places[$0] ?? 0 }
    collection.restoreAbsence(through: UInt32(numbers.count - 1))
    swap(&collection.counts, &counts)
    defer { swap(&collection.counts, &counts) }
    let texts = Dictionary(uniqueKeysWithValues: others.map { (places[$0.number] ?? 0, $0) })
    let contents: Collection.Contents = { place in
      let fingerprint = texts[place]?.document.fingerprint ?? document.fingerprint
      return TokenSequence(tokens: fingerprint.tokens, traits: fingerprint.traits)
    }
    let assignment =
      if let home = cluster.flatMap({ places[$0] }) {
        try collection.add(document, to: home, contents: contents)
      } else {
        try collection.add(document, contents: contents)
      }
    return Self.decision(assignment, numbers)
  }

  private static func bring(
    _ others: [Text], into collection: inout Collection, _ place: (UInt32) -> UInt32
  ) {
    for text in others.sorted(by: { $0.number < $1.number }) {
      let (document, cluster) = (place(text.number), place(text.cluster))
      collection.restoreAbsence(through: document - 1)
      collection.take(
        text.document, cluster: cluster, isHeld: text.isHeld, isRoundUp: text.isRoundUp)
    }
  }

  /// The same in the numbers of the other place.
  private static func decision(_ assignment: Assignment, _ numbers: [UInt32]) -> Decision {
    func number(_ place: UInt32) -> UInt32 {
      numbers.indices.contains(Int(place) - 1) ? numbers[Int(place) - 1] : 0
    }
    func named(_ match: Assignment.Match) -> Assignment.Match {
      var match = match
      match.document = number(match.document)
      return match
    }
    var result = Decision(assignment: assignment)
    if let trace = DocumentTrace(assignment.trace, document: UInt32(numbers.count)),
      case .text(let text) = trace.kind
    {
      result.lawful = text.lawful.map(number)
      result.isRoundUp = text.isRoundUp && assignment.relation == .first
    }
    result.assignment.trace = []
    result.assignment.cluster = number(assignment.cluster)
    result.assignment.match = assignment.match.map(named)
    result.assignment.contains = assignment.contains.map(number)
    result.assignment.revisions = assignment.revisions.map { revision in
      switch revision {
      case .merge(let into, let absorbed, let document, let match):
        .merge(
          into: number(into), absorbed: absorbed.map(number), document: number(document),
          match: named(match))
      case .move(let document, let from, let to, let reason):
        .move(
          document: number(document), from: number(from), to: number(to),
          reason: Self.renumbered(reason, number))
      }
    }
    return result
  }

  /// A reason that names documents, with their numbers in the other place.
  private static func renumbered(_ reason: String, _ number: (UInt32) -> UInt32) -> String {
    var words = reason.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for place in words.indices.dropFirst() where words[place - 1] == "document" {
      let digits = words[place].prefix { $0.isNumber }
      if let known = UInt32(digits) {
        words[place] = "\(number(known))" + words[place].dropFirst(digits.count)
        words[place - 1] = "text"
      }
    }
    return words.joined(separator: " ")
  }
}

extension Collection {
  /// Takes the next document in as it was decided elsewhere, without counting its runs.
  fileprivate mutating func take(
    _ document: PreparedDocument, cluster: UInt32, isHeld: Bool, isRoundUp: Bool
  ) {
    let number = clusters.nextDocument
    if cluster == number { place(number, in: nil) } else { clusters.rejoin(cluster) }
    if isHeld { clusters.bind(number) }
    if isRoundUp { clusters.noteRoundUp(cluster) }
    let now = clusters
    for hash in document.fingerprint.sketch.hashes {
      // One text of a cluster is listed for each shingle, as at home.
      _ = index.post(number, for: hash, unless: { now.cluster(of: $0) == cluster })
    }
    note(document.sampleWeight, document.sequenceKey, of: number)
    scorer.begin(number, document.profile)
    scorer.finish()
  }

  /// Takes the next document into a cluster that it is known to be in; what follows from that is
  /// looked at as after any other arrival.
  mutating func add(
    _ document: PreparedDocument, to cluster: UInt32, contents: Contents
  ) throws -> Assignment {
    let number = clusters.nextDocument
    scorer.begin(number, document.profile)
    defer { scorer.finish() }
    var compared = try compare(document, contents)
    if !compared.contains(where: { $0.cluster == cluster }) {
      let home = CandidateSearch.Candidate(cluster: cluster, evidence: 0, documents: [])
      compared.append(try compare(home, with: number, contents))
    }
    let joined = compared.firstIndex { $0.cluster == cluster }
    let lawful = compared.flatMap(\.lawful).prefix(DocumentTrace.lawfulLimit)
    var assignment = try enter(
      document, joined.map { compared[$0] }, lawful: Array(lawful), contents)
    scorer.forgetWeights()
    var revision = CollectionRevision(document: number, compared: compared, joined: joined)
    try revise(&revision, contents)
    assignment.revisions = revision.revisions
    return assignment
  }
}
