// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
package import Control
internal import Logging
internal import Posix
package import Settings
internal import StateStore

/// Forgets documents while no daemon runs: state and log are as after a start and a stop then.
package enum StoppedErasure {
  /// Fails where the state is another's, or a daemon has it.
  ///
  /// - Parameter documents: with the clusters that they are in.
  package static func run(
    _ loaded: LoadedConfiguration, _ documents: [(document: UInt32, cluster: UInt32)]
  ) throws -> ErasureReport {
    let configuration = loaded.configuration
    let directory = Array(configuration.state.directory.utf8)
    let lock = try DaemonStart.lock(directory)
    defer { withExtendedLifetime(lock) {} }
    let store = try DaemonStart.openStore(directory)
    var log = try DaemonStart.openLog(Array(configuration.log.path.utf8))
    try DaemonStart.recover(
      &log, store, Logger(label: "neardup", factory: { _ in SwiftLogNoOpLogHandler() }))
    let reader = store.makeReader()
    let dropNames =
      configuration.drop.directories.count > 1 ? try reader.drops() : [:]
    let clusters = Dictionary(documents.map { ($0.document, $0.cluster) }) { first, _ in first }
    let present = try clusters.keys.sorted().filter { try reader.origin(of: $0) != nil }
    guard !present.isEmpty else { return ErasureReport(documents: 0, clusters: 0) }
    let erasure = try Erasure(present, reader)
    let batch = try batch(erasure, store, reader, clusters, dropNames)
    try store.commit(batch)
    try log.append(batch.lines)
    try log.synchronize()
    try store.markDurable(through: store.nextSequence - 1)
    var report = ErasureReport(
      documents: present.count, clusters: Set(present.compactMap { clusters[$0] }).count)
    report.isScrubbed = try store.scrub()
    try store.close()
    return report
  }

  private static func batch(
    _ erasure: Erasure, _ store: StateStore, _ reader: StateReader, _ clusters: [UInt32: UInt32],
    _ dropNames: [UInt32: [UInt8]]
  ) throws -> StateBatch {
    var batch = StateBatch()
    // Of a deleted file there is a record already, where its document is only to be erased.
    var told: Set<UInt32> = []
    try reader.forEachRevision { if $0.kind == .documentRemoved { told.insert($0.subject) } }
    erasure.add(to: &batch)
    let encoder = RecordEncoder()
    let time = Clocks.wall() / 1_000
    for document in erasure.rows.documents where !told.contains(document) {
      guard let origin = erasure.origins[document], let cluster = clusters[document] else {
        continue
      }
      batch.revisions.append(
        Revision(removed: document, of: cluster, after: store.nextDocument - 1))
      encoder.append(
        .removed(
          Removed(
            document: document, drop: dropNames[origin.drop], path: origin.path,
            cluster: cluster, reason: .requested)),
        sequence: store.nextSequence + UInt64(batch.lineCount), time: time, to: &batch.lines)
      batch.lineCount += 1
    }
    return batch
  }
}
