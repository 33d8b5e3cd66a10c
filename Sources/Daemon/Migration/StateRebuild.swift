// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Glibc
internal import NearDuplicates
internal import Posix
package import Settings
internal import StateStore

/// Decides the stored texts anew, in the order in which they came, into a new state and a new log:
/// as a daemon with the present configuration would have decided them. The files are not needed.
package struct StateRebuild: ~Copyable {
  /// What it came to.
  package struct Report: Codable, Sendable, Equatable {
    package var documents = 0
    package var clusters = 0
    package var stories: Int?
  }

  /// Documents that are committed together.
  private static let batch = 256
  /// What both are called until they are whole.
  private static let unfinished = ".unfinished"
  /// In the state, from when both are whole until both have their names: which file is the log.
  private static let whole = "/whole"

  private let source: StateReader
  private let configuration: DaemonConfiguration
  private let target: (state: String, log: String)
  private var fingerprinter: Fingerprinter
  private var gathering = TermGathering()

  /// - Parameters:
  ///   - state: A directory that is not there yet, absolute.
  ///   - log: A file that is not there yet, absolute.
  package init(_ loaded: LoadedConfiguration, state: String, log: String) throws {
    let configuration = loaded.configuration
    let source = try StateReader.open(
      directory: Array(configuration.state.directory.utf8),
      schemeVersion: FingerprintScheme.version)
    let isLeftHalf = Self.isLeftHalf(state: state, log: log)
    for path in [state, log] where !isLeftHalf && Self.exists(path) {
      throw DaemonFailure(
        .cannotCreate, "\(path): it is there already; name what is to be made, or move it away")
    }
    self.configuration = configuration
    self.source = source
    target = (state, log)
    fingerprinter = Fingerprinter(
      sampling: SketchSampling(oneIn: configuration.detection.sampleOneIn))
  }

  private static func exists(_ path: String) -> Bool {
    FileSystemCalls.withPath(Array(path.utf8)) { access($0, F_OK) } == 0
  }

  /// Whether an earlier one was ended when its log had its name and the state had not.
  private static func isLeftHalf(state: String, log: String) -> Bool {
    guard !exists(state), let file = identity(log) else { return false }
    return file == FileSystemCalls.readSmallFile(state + unfinished + whole)
  }

  /// What tells a log from another one, as text; nil where there is none.
  private static func identity(_ path: String) -> [UInt8]? {
    var status = stat()
    guard FileSystemCalls.withPath(Array(path.utf8), { lstat($0, &status) }) == 0 else {
      return nil
    }
    return Array("\(status.st_ino) \(status.st_size)".utf8)
  }

  /// Nothing has its name before all is durable: after a kill it is begun anew.
  ///
  /// - Parameter progress: called for each batch with the documents done and how many there are.
  package mutating func run(progress: (Int, Int) -> Void) throws -> Report {
    let (state, log) = (target.state + Self.unfinished, target.log + Self.unfinished)
    if Self.isLeftHalf(state: target.state, log: target.log) {
      try FileSystemCalls.remove(Array(target.log.utf8))
    }
    try Self.remove(state: state, log: log)
    let report = try decide(into: state, log: log, progress)
    let mark = Array((state + Self.whole).utf8)
    try FileSystemCalls.replaceFile(mark, with: Self.identity(log) ?? [], mode: 0o600)
    try FileSystemCalls.synchronize(mark)
    try FileSystemCalls.synchronize(Array(state.utf8))
    try Self.rename(log, to: target.log)
    try Self.rename(state, to: target.state)
    try FileSystemCalls.remove(Array((target.state + Self.whole).utf8))
    return report
  }

  /// Gives it its name, which it keeps over a power cut.
  private static func rename(_ path: String, to name: String) throws {
    _ = try FileSystemCalls.retrying {
      FileSystemCalls.withPath(Array(path.utf8)) { old in
        FileSystemCalls.withPath(Array(name.utf8)) { Glibc.rename(old, $0) }
      }
    }
    let parent = RelativePath.parent(Array(name.utf8))
    try FileSystemCalls.synchronize(parent.isEmpty ? Array("/".utf8) : parent)
  }

  /// What a rebuild left that was ended.
  private static func remove(state: String, log: String) throws {
    let names = ["neardupd.sqlite", "neardupd.sqlite-wal", "neardupd.sqlite-shm", "lock", "whole"]
    for path in names.map({ "\(state)/\($0)" }) + [log] where exists(path) {
      try FileSystemCalls.remove(Array(path.utf8))
    }
  }

  private mutating func decide(
    into state: String, log path: String, _ progress: (Int, Int) -> Void
  ) throws -> Report {
    let lock = try DaemonStart.lock(Array(state.utf8))
    defer { withExtendedLifetime(lock) {} }
    let store = try DaemonStart.openStore(Array(state.utf8))
    var log = try DaemonStart.openLog(Array(path.utf8))
    let drops = try drops()
    let places = Dictionary(uniqueKeysWithValues: drops.enumerated().map { ($1.key, $0) })
    var register = try Self.register(store, configuration, drops.map(\.value))
    let removed = try removedDocuments()
    let last = try source.counts().documents
    var (next, done) = (try source.horizon().through, 0)
    while next < last {
      let rows = try rows(after: next, through: last)
      guard let end = rows.last else { break }
      for document in rows where !removed.contains(document) {
        guard let row = try source.document(document), let place = places[row.drop] else {
          continue
        }
        try register.register(try outcome(of: row, place), time: row.arrived)
        done += 1
      }
      next = end
      let batch = register.turn()
      if !batch.isEmpty {
        try store.commit(batch)
        try log.append(batch.lines)
      }
      progress(done, Int(last))
    }
    try log.synchronize()
    try store.markDurable(through: store.nextSequence - 1)
    register.close()
    let counts = register.counts
    try store.close()
    return Report(
      documents: counts.documents, clusters: counts.clusters, stories: counts.stories)
  }

  /// The drop directories of which there are documents, with their numbers: others would only make
  /// the records longer.
  private func drops() throws -> [(key: UInt32, value: [UInt8])] {
    var used: Set<UInt32> = []
    try source.snapshot { state in try state.forEachDocument { used.insert($0.drop) } }
    return try source.drops().filter { used.contains($0.key) }.sorted { $0.key < $1.key }
  }

  private static func register(
    _ store: StateStore, _ configuration: DaemonConfiguration, _ drops: [[UInt8]]
  ) throws -> DocumentRegister {
    let files = RecordedFiles(
      reader: try store.makeOwnReader(),
      dropNumbers: try drops.map { try store.dropNumber(of: $0) })
    let history = try StateHistory(files.reader)
    let threshold = configuration.detection.threshold
    let areNamed = max(drops.count, configuration.drop.directories.count) > 1
    let limits = RetentionLimits(
      configuration.retention, granted: ControlGroup.memoryLimit())
    return DocumentRegister(
      restored: try RestoredCollection(
        history, files, threshold: threshold, limits: limits
      ) { _ in },
      stories: try configuration.stories.settings.map {
        try RestoredStories(history, files, $0) { _ in }
      },
      nextSequence: store.nextSequence, recorded: files, dropNames: areNamed ? drops : nil,
      threshold: threshold, forgetsDeleted: configuration.forgetsDeleted)
  }

  /// Those that are to go are left out.
  private func removedDocuments() throws -> Set<UInt32> {
    var removed: Set<UInt32> = []
    try source.forEachRevision { if $0.kind == .documentRemoved { removed.insert($0.subject) } }
    return removed
  }

  private func rows(after first: UInt32, through last: UInt32) throws -> [UInt32] {
    var rows: [UInt32] = []
    try source.forEachTrace(after: first, limit: Self.batch) { row in
      if row.document <= last { rows.append(row.document) }
    }
    return rows
  }

  /// The document as a worker would hand it in.
  private mutating func outcome(of row: StoredDocument, _ place: Int) throws -> FileOutcome {
    guard let stored = try source.tokens(of: row.identicalTo ?? row.document),
      let text = TokenSequenceCoder.decode(stored)
    else {
      throw StateHistory.failure("the state has no text of document \(row.document)")
    }
    let fingerprint = Fingerprint(
      tokens: text.tokens, traits: text.traits, sketch: fingerprinter.sketch(ofStored: text.tokens))
    let description = try source.description(of: row.document)
    // Of earlier versions of a file nothing is known but their size.
    var identity = FileIdentity.unknown
    identity.size = Int64(row.bytes)
    if let file = try source.knownFile(FileKey(drop: row.drop, path: row.path)),
      file.document == row.document
    {
      identity = FileIdentity(file)
    }
    return FileOutcome(
      key: DroppedFile(drop: place, path: row.path), identity: identity,
      result: .document(
        ReadDocument(
          digest: row.sha256,
          prepared: configuration.stories.enabled
            ? PreparedDocument(fingerprint, &gathering) : PreparedDocument(fingerprint),
          description: description.map { SelfDescription($0) } ?? SelfDescription())),
      attempts: 0)
  }
}

extension SelfDescription {
  init(_ stored: StoredDescription) {
    self.init(
      title: stored.title, published: stored.published, source: stored.source,
      language: stored.language, encoding: stored.encoding)
  }
}
