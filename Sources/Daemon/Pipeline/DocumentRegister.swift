// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Control
internal import NearDuplicates
internal import Settings
internal import StateStore

/// Turns the outcomes of reading into decisions, and these into state rows and log lines.
///
/// The one owner of the index and the clusters. What it decided is in `batch` until `turn`, then
/// being written until the next `turn`; look-ups see it there before they ask the state, so that
/// neither the size of a batch nor the speed of the disk changes anything.
struct DocumentRegister: ~Copyable {
  var collection: Collection
  /// Nil when there are to be none.
  var stories: Stories?
  var untold: [RestoredStories.Untold]
  /// The first document with given bytes, by the leading 64 bits of their SHA-256.
  var documentOfDigest: [UInt64: UInt32]
  var horizon: Horizon
  /// What takes the place of the collection; nil while nothing is about to expire.
  var successor: Successor?
  /// What expired last and was not told of yet.
  var expired: Expired?
  /// By original that is gone, the document that its copies are copies of.
  var heirs: [UInt32: UInt32]
  /// Documents whose removal is recorded and that are to be erased.
  var doomed: Set<UInt32>
  /// The drop directory of a container that is gone, whose members are to be looked for.
  var lostContainer: Int?
  /// Nil when there are to be no stories.
  let storySettings: StorySettings?
  let threshold: Double
  /// Whether the document of a file that is gone is forgotten.
  let forgetsDeleted: Bool
  /// What was given away to be written and may not be in the state.
  private(set) var given = StateBatch()
  private var nextSequence: UInt64

  var batch = StateBatch()
  var counts = DaemonStatus.Totals()
  var lookup: DocumentLookup
  var wordFinder = WordFinder()

  private let recorded: RecordedFiles
  /// What the log calls the drop directories; nil when there is one only.
  private let dropNames: [[UInt8]]?
  private let encoder = RecordEncoder()

  init(
    restored: RestoredCollection, stories restoredStories: RestoredStories?, nextSequence: UInt64,
    recorded: RecordedFiles, dropNames: [[UInt8]]?, threshold: Double = 0.5,
    forgetsDeleted: Bool = true
  ) {
    collection = restored.collection
    stories = restoredStories?.stories
    untold = restoredStories?.untold ?? []
    documentOfDigest = restored.documentOfDigest
    horizon = restored.horizon
    heirs = restored.heirs
    doomed = restored.removed
    storySettings = restoredStories.map { told in
      StorySettings(window: told.stories.window, clock: told.stories.clock)
    }
    self.threshold = threshold
    self.forgetsDeleted = forgetsDeleted
    self.nextSequence = nextSequence
    self.recorded = recorded
    lookup = DocumentLookup(recorded: recorded)
    self.dropNames = dropNames
    updateCounts()
  }

  var lastSequence: UInt64 { nextSequence - 1 }

  var indexByteCount: Int { collection.byteCount + (stories?.byteCount ?? 0) }

  /// Gives the batch away to be written and begins another one; the one that was given away before
  /// must be in the state.
  mutating func turn() -> StateBatch {
    lookup.turn()
    given = StateBatch()
    if batch.isEmpty { return given }
    swap(&given, &batch)
    return given
  }

  /// Nothing is looked up any more: the state may be closed.
  func close() { recorded.reader.close() }

  /// - Parameter time: microseconds since the epoch, for the records.
  mutating func register(_ outcome: FileOutcome, time: Int64) throws {
    switch outcome.result {
    case .unchanged, .interrupted, .unsettled, .failed: return
    case .container: return try settle(outcome)
    case .gone:
      guard try forget(outcome, time) else { return }
    case .document(let document): try register(document, outcome, time)
    case .skipped(let reason, let detail): try skip(reason, detail, outcome, time)
    }
    counts.processed += 1
    updateCounts()
  }

  /// Takes what was brought back from the state in the place of what there is.
  mutating func adopt(_ restored: RestoredCollection, _ told: RestoredStories?) {
    collection = restored.collection
    documentOfDigest = restored.documentOfDigest
    horizon = restored.horizon
    heirs = restored.heirs
    doomed = restored.removed
    stories = told?.stories
    untold = told?.untold ?? []
    updateCounts()
  }

  /// What is to be done in the state so that documents are gone from it, in the batch.
  mutating func planErasure(of documents: [UInt32]) throws -> Erasure {
    let erasure = try Erasure(documents, recorded.reader)
    erasure.add(to: &batch)
    for file in erasure.forgottenFiles { recorded.names?.insert(file.key) }
    return erasure
  }

  private mutating func updateCounts() {
    counts.documents = collection.documentCount
    counts.clusters = collection.clusterCount
    counts.stories = stories?.storyCount
  }

  // MARK: Documents

  private mutating func register(
    _ document: ReadDocument, _ outcome: FileOutcome, _ time: Int64
  ) throws {
    guard let identity = outcome.identity else { return }
    let known = try lookup.file(outcome.key)
    var file = stored(outcome.key, identity)
    file.sha256 = document.digest
    if let known, known.document != nil, known.sha256 == document.digest {
      // A member that another version of its container has too; where that is matters to those who
      // look whether it is still there.
      if outcome.memberDigest != nil, known.isSettled, known.device == file.device { return }
      // Touched, linked or renamed onto the same content: not new work.
      file.document = known.document
      return remember(file, outcome.key)
    }
    if try staysForgotten(document.digest, outcome, identity, known) { return }
    let number = collection.nextDocument
    file.document = number
    let original = try lookup.original(of: document.digest, among: documentOfDigest)
    let assignment = try assign(document, number, original)
    let row = StoredDocument(
      document: number, drop: file.key.drop, path: outcome.key.path, bytes: Int(identity.size),
      sha256: document.digest, words: document.fingerprint.words, cluster: assignment.cluster,
      identicalTo: original, replaces: known?.document, arrived: time,
      sketch: [], clock: horizon.advance(to: time), published: document.description.published)
    batch.documents.append(row)
    if !document.description.isEmpty {
      batch.descriptions.append(StoredDescription(document.description, of: number))
    }
    lookup.remember(row)
    remember(file, outcome.key)
    let story = try takeStory(of: document, number, assignment, original, time)
    try record(assignment, number, document, outcome, story, replaces: known?.document, time)
    counts.assigned += 1
    try moveHorizon(after: row, time)
  }

  private mutating func assign(
    _ document: ReadDocument, _ number: UInt32, _ original: UInt32?
  ) throws -> Assignment {
    if let original { return collection.addIdentical(document.prepared, to: original) }
    documentOfDigest[DocumentLookup.key(document.digest)] = number
    let assignment = try add(document.prepared)
    let tokens = TokenSequence(
      tokens: document.fingerprint.tokens, traits: document.fingerprint.traits)
    batch.contents.append(StoredContent(document: number, tokens: document.stored))
    lookup.remember(tokens, of: number)
    return assignment
  }

  private mutating func add(_ document: PreparedDocument) throws -> Assignment {
    let lookup = lookup
    return try collection.add(document) { try lookup.tokens(of: $0) }
  }

  private mutating func record(
    _ assignment: Assignment, _ number: UInt32, _ document: ReadDocument, _ outcome: FileOutcome,
    _ story: StoryDecision?, replaces: UInt32?, _ time: Int64
  ) throws {
    let match = try assignment.match.map { try logMatch($0) }
    let wording = document.fingerprint.wording
    append(
      .assigned(
        Assigned(
          document: number, drop: dropName(outcome.key.drop), path: outcome.key.path,
          bytes: Int(outcome.identity?.size ?? 0), sha256: document.digest,
          words: document.fingerprint.words, description: document.description,
          cluster: assignment.cluster, relation: Relation(assignment.relation), match: match,
          contains: assignment.contains, story: story?.story,
          storyMatch: try present(story?.match).map { try logMatch($0, wording) },
          replaces: replaces)),
      time)
    var units = [story?.trace].compactMap { $0 }
    try apply(story?.revisions ?? [], after: number, wording: wording, time)
    for revision in assignment.revisions {
      try apply(revision, after: number, time)
      try followInStories(revision, after: number, &units, time)
    }
    let last = batch.documents.count - 1
    batch.documents[last].story = story?.story
    batch.documents[last].sketch = StoredTrace.encode(units: units, trace: assignment.trace)
  }

  private mutating func apply(
    _ revision: Assignment.Revision, after number: UInt32, _ time: Int64
  ) throws {
    switch revision {
    case .merge(let into, let absorbed, let document, let match):
      for cluster in absorbed {
        batch.revisions.append(
          Revision(
            afterDocument: number, kind: .clusterMerged, subject: cluster, source: cluster,
            target: into))
      }
      append(
        .merged(
          Merged(
            cluster: into, absorbed: absorbed, document: document, match: try logMatch(match))),
        time)
      counts.merges += 1
    case .move(let document, let from, let to, let reason):
      batch.revisions.append(
        Revision(
          afterDocument: number, kind: .documentMoved, subject: document, source: from,
          target: to))
      let origin = try lookup.origin(of: document)
      append(
        .moved(
          Moved(
            document: document, drop: dropName(ofNumber: origin.drop), path: origin.path,
            from: from, to: to, reason: reason)),
        time)
      counts.moves += 1
    }
  }

  func logMatch(_ match: Assignment.Match) throws -> ClusterLog.Match {
    ClusterLog.Match(
      document: match.document, path: try lookup.origin(of: match.document).path,
      resemblance: match.resemblance, containment: match.containment, shared: match.shared,
      clusterSimilarity: match.clusterSimilarity)
  }

  // MARK: Checks

  /// What would become of a text.
  ///
  /// - Parameter time: microseconds since the epoch.
  mutating func answer(_ check: DocumentCheck, time: Int64) -> ControlReply {
    let (lookup, originals, names, numbers) = (
      lookup, documentOfDigest, dropNames, recorded.dropNumbers
    )
    do {
      return ControlReply(
        check: try check.report(
          &collection, &stories, lookup, time: time,
          original: { try lookup.original(of: $0, among: originals) },
          dropName: { number in
            guard let names else { return nil }
            return numbers.firstIndex(of: number).map { names[$0] }
          }))
    } catch {
      return ControlReply(error: "\(error)")
    }
  }

  // MARK: Containers

  /// All members of a container have had their outcomes, so that it need not be read again.
  private mutating func settle(_ outcome: FileOutcome) throws {
    guard let identity = outcome.identity else { return }
    let known = try lookup.file(outcome.key)
    var file = stored(outcome.key, identity)
    // What the path was before it became a container, as long as nothing takes its place.
    file.document = known?.document
    if known != file { remember(file, outcome.key) }
  }

  // MARK: Deleted files

  /// The file is gone, and deletions count: its path is forgotten and a record says so.
  ///
  /// The document goes with the next erasure: to bring the others back for each takes too long.
  ///
  /// False when nothing was known of it.
  private mutating func forget(_ outcome: FileOutcome, _ time: Int64) throws -> Bool {
    guard let known = try lookup.file(outcome.key) else { return false }
    if known.isContainer { lostContainer = outcome.key.drop }
    guard let document = known.document, collection.isPresent(document) else {
      try forgetFile(known, outcome.key)
      return true
    }
    // It was looked for because of an expired one, and is another by now.
    guard forgetsDeleted else { return false }
    try forgetFile(known, outcome.key)
    if doomed.contains(document) { return true }
    doomed.insert(document)
    let cluster = collection.cluster(of: document)
    append(Revision(removed: document, of: cluster, after: collection.nextDocument - 1))
    append(
      .removed(
        Removed(
          document: document, drop: dropName(outcome.key.drop), path: outcome.key.path,
          cluster: cluster, reason: .deleted)),
      time)
    return true
  }

  /// Nothing is known any more of the file under that name.
  mutating func forgetFile(_ known: StoredFile, _ key: DroppedFile) throws {
    try isAnother(key, known)
    removeRow(of: known)
    lookup.remove(key)
  }

  mutating func removeRow(of file: StoredFile) {
    batch.files.removeAll { $0.key == file.key }
    batch.removedFiles.append(file.key)
  }

  // MARK: Look-ups

  mutating func remember(_ file: StoredFile, _ key: DroppedFile) {
    batch.files.append(file)
    lookup.remember(file, key)
  }

  func stored(_ key: DroppedFile, _ identity: FileIdentity) -> StoredFile {
    StoredFile(
      key: FileKey(drop: recorded.dropNumbers[key.drop], path: key.path), device: identity.device,
      inode: identity.inode, size: Int(identity.size), modified: identity.modified,
      changed: identity.changed)
  }

  func dropName(_ drop: Int) -> [UInt8]? { dropNames?[drop] }

  func dropName(ofNumber number: UInt32) -> [UInt8]? {
    guard let dropNames, let place = recorded.dropNumbers.firstIndex(of: number) else { return nil }
    return dropNames[place]
  }

  mutating func append(_ revision: Revision) { batch.revisions.append(revision) }

  mutating func append(_ record: Record, _ time: Int64) {
    encoder.append(record, sequence: nextSequence, time: time, to: &batch.lines)
    batch.lineCount += 1
    nextSequence += 1
  }
}

extension StoredDescription {
  init(_ said: SelfDescription, of document: UInt32) {
    self.init(
      document: document, title: said.title, published: said.published, source: said.source,
      language: said.language, encoding: said.encoding)
  }
}

extension Relation {
  init(_ relation: Assignment.Relation) {
    switch relation {
    case .first: self = .first
    case .identical: self = .identical
    case .near: self = .near
    }
  }
}
