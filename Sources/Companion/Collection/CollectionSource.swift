// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import StateStore

/// Reads the collection from the state, or from the log where the state cannot be read.
struct CollectionSource {
  /// Where texts can be asked for; nil when only the log could be read.
  let state: StateReader?
  let log: LogScan
  let collection: RecordedCollection
  /// The last record that the state had when it was read; nil when only the log could be read.
  let lastSequence: UInt64?
  /// What the user should know about where this came from.
  let messages: [String]

  /// - Parameter withDigests: whether the SHA-256 of each document is wanted.
  ///
  /// A state and a log that are not of one daemon are refused: together they give wrong answers.
  init(_ places: ResultPlaces, withDigests: Bool = false) throws {
    log = LogScan(places.clusterLog)
    do {
      let (state, collection, last) = try Self.read(places, log, withDigests: withDigests)
      (self.state, self.collection, lastSequence) = (state, collection, last)
      messages = []
    } catch let error as StateStoreError where error.isAbsence {
      guard !log.parts.isEmpty else { throw error }
      collection = try Self.collection(log)
      (state, lastSequence) = (nil, nil)
      messages = ["from the log alone: \(error)"] + log.unread
    }
  }

  private static func read(
    _ places: ResultPlaces, _ log: LogScan, withDigests: Bool
  ) throws -> (StateReader, RecordedCollection, UInt64) {
    let reader = try StateReader.open(directory: places.stateDirectory)
    let (collection, known) = try reader.snapshot {
      (try RecordedCollection($0, withDigests: withDigests), try $0.lastSequence())
    }
    let identity = try PairIdentity(log)
    let last = try reader.snapshot { try $0.lastSequence() }
    try identity.require(collection, lastGiven: last, places)
    return (reader, collection, known)
  }

  private static func collection(_ log: LogScan) throws -> RecordedCollection {
    var collection = RecordedCollection(source: .log)
    try log.forEachRecord { collection.take($0) }
    return collection
  }
}

extension StateStoreError {
  /// Whether there is no state that this user can read, in place of one that is damaged.
  fileprivate var isAbsence: Bool {
    switch code {
    case .cannotOpen, .denied: true
    default: false
    }
  }
}
