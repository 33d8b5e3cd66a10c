// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import StateStore

/// Whether a state and a log are of one daemon.
///
/// What both say of a document is their common identity: its number and the microsecond at which it
/// arrived, which no other daemon gave to a document of that number. So a log needs no mark of its
/// own that a torn line, a rotation or a compression could lose, and states and logs of any age
/// have it.
struct PairIdentity {
  /// So much of each end of a part is looked at: some hundred records.
  private static let window = 128 << 10
  /// Documents that are compared: a damaged line alone parts no pair.
  private static let wanted = 4

  /// Of some of the log's latest documents, their number and arrival in microseconds.
  private var arrivals: [UInt32: Int64] = [:]
  private var lastSequence: UInt64 = 0

  /// Looks at the newest parts of a log, until some of its documents are known.
  init(_ log: LogScan) throws {
    for part in log.plainParts.reversed() where arrivals.count < Self.wanted {
      try takeEnd(of: part)
    }
    guard arrivals.isEmpty else { return }
    // Nothing but compressed parts, or refusals: one process for the newest part that has some.
    for part in log.parts.reversed() where arrivals.isEmpty { try takeBeginning(of: part) }
  }

  private mutating func takeEnd(of part: [UInt8]) throws {
    do {
      var reader = try LogFileReader(path: part)
      reader.seek(to: max(0, reader.sizeAtOpening - Self.window))
      try reader.forEachLine { take($0) }
    } catch let error as ClusterLogError where error.code == .missing {
      // A rotation gave it another name meanwhile.
    }
  }

  private struct Enough: Error {}

  private mutating func takeBeginning(of part: [UInt8]) throws {
    do {
      try LogPart.forEachLine(of: part) { line in
        take(line)
        if arrivals.count >= Self.wanted { throw Enough() }
      }
    } catch is Enough {
      return
    }
  }

  private mutating func take(_ line: ArraySlice<UInt8>) {
    guard let opening = LineOpening(line) else { return }
    lastSequence = max(lastSequence, opening.sequence)
    guard opening.event == .assigned, let document = opening.document,
      let logged = try? LoggedRecord(decoding: line)
    else { return }
    arrivals[document] = logged.time
  }

  /// Refuses a log that is not the state's.
  ///
  /// - Parameter lastGiven: the last record that the state gave out, asked for after the log was
  ///   read: a daemon may be at work.
  func require(
    _ collection: RecordedCollection, lastGiven: UInt64, _ places: ResultPlaces
  ) throws(CommandFailure) {
    try require(lastGiven: lastGiven, places) { collection[$0]?.arrived }
  }

  /// The same for who reads one of both; passes where the other cannot be read.
  static func require(_ places: ResultPlaces) throws(CommandFailure) {
    guard let reader = try? StateReader.open(directory: places.stateDirectory),
      let identity = try? PairIdentity(LogScan(places.clusterLog, withCompressed: false)),
      let last = try? reader.snapshot({ try $0.lastSequence() })
    else { return }
    try identity.require(lastGiven: last, places) { number in
      guard let document = try? reader.document(number) else { return nil }
      return document.arrived
    }
  }

  private func require(
    lastGiven: UInt64, _ places: ResultPlaces, arrival: (UInt32) -> Int64?
  ) throws(CommandFailure) {
    var common: [(number: UInt32, arrived: Int64)] = []
    for number in arrivals.keys.sorted().reversed() where common.count < Self.wanted {
      if let arrived = arrival(number) { common.insert((number, arrived), at: 0) }
    }
    let differing = common.filter { $0.arrived != arrivals[$0.number] }
    if let first = differing.first, differing.count == common.count {
      let logged = LogTime.text(arrivals[first.number] ?? 0)
      throw Self.refusal(
        places,
        "document \(first.number) arrived at \(LogTime.text(first.arrived)) by the state, at "
          + "\(logged) by the log")
    }
    if lastSequence > lastGiven {
      throw Self.refusal(
        places, "the log has record \(lastSequence), the state gave out \(lastGiven)")
    }
  }

  static func refusal(_ places: ResultPlaces, _ reason: String) -> CommandFailure {
    CommandFailure(
      CommandFailure.unreadable,
      "the state in \(TerminalText.safe(places.stateDirectory)) and the log "
        + "\(TerminalText.safe(places.clusterLog)) do not belong together: \(reason); name both of "
        + "one daemon with --state-directory and --cluster-log, or restore both from one backup")
  }
}
