// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Control
internal import NearDuplicates
internal import Posix
package import Settings
internal import StateStore

/// Checks texts without a daemon: on a collection brought back from the state, as at its start.
package struct StateCheck {
  private let recorded: RecordedFiles
  /// The drop directories by number, where several are watched; as the log names them.
  private let drops: [UInt32: [UInt8]]
  private let sampling: SketchSampling
  private var collection: Collection
  private var stories: Stories?
  private let documentOfDigest: [UInt64: UInt32]

  /// Reads the whole state: some seconds for each million documents, and one more.
  package init(_ configuration: DaemonConfiguration) throws {
    let reader = try StateReader.open(
      directory: Array(configuration.state.directory.utf8),
      schemeVersion: FingerprintScheme.version)
    recorded = RecordedFiles(reader: reader, dropNumbers: [])
    drops = configuration.drop.directories.count > 1 ? try reader.drops() : [:]
    sampling = SketchSampling(oneIn: configuration.detection.sampleOneIn)
    let history = try StateHistory(reader)
    let restored = try RestoredCollection(
      history, recorded, threshold: configuration.detection.threshold
    ) { _ in }
    collection = restored.collection
    documentOfDigest = restored.documentOfDigest
    stories = try configuration.stories.settings.map { [recorded] settings in
      try RestoredStories(history, recorded, settings) { _ in }.stories
    }
  }

  /// - Parameter time: microseconds since the epoch; now, when nil.
  package mutating func check(
    _ question: CheckQuestion, time: Int64? = nil
  ) throws -> CheckReport {
    let lookup = DocumentLookup(recorded: recorded)
    let (drops, originals) = (drops, documentOfDigest)
    return try DocumentCheck(question, sampling: sampling, hasStories: stories != nil).report(
      &collection, &stories, lookup, time: time ?? Clocks.wall() / 1_000,
      original: { try lookup.original(of: $0, among: originals) },
      dropName: { drops[$0] })
  }
}
