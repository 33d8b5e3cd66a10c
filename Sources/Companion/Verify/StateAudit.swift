// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import StateStore

/// A moment of the state, and how a log agrees with it.
struct StateAudit {
  /// The database's name, raw bytes.
  let path: [UInt8]
  let collection: RecordedCollection
  /// The last record that was given out, and the last that is known to be in the log.
  let lastSequence: UInt64
  let durableSequence: UInt64
  private let withoutText: [UInt32]
  /// The last document that has expired.
  private let expiredThrough: UInt32

  init(_ reader: StateReader) throws {
    path = reader.path
    (collection, lastSequence, durableSequence, withoutText, expiredThrough) =
      try reader.snapshot { state in
        (
          try RecordedCollection(state, withDigests: true), try state.lastSequence(),
          try state.durableSequence(), try state.documentsWithoutText(),
          try state.expiredThrough()
        )
      }
  }

  /// Refuses a log that has no document in common with the state, though both have some of the same
  /// numbers: each of its lines would be a violation.
  func requireCommonDocument(
    with audit: LogAudit, _ places: ResultPlaces
  ) throws(CommandFailure) {
    let logged = audit.comparable.documents.filter { collection[$0.number] != nil }
    guard let first = logged.first, let stored = collection[first.number],
      !logged.contains(where: { collection[$0.number]?.arrived == $0.arrived })
    else { return }
    throw PairIdentity.refusal(
      places,
      "none of \(ReportText.count(logged.count, "document")) arrived at the same time by both, "
        + "document \(first.number) at \(LogTime.text(stored.arrived)) by the state, at "
        + "\(LogTime.text(first.arrived)) by the log")
  }

  /// Compares the state with a log that was read after it.
  ///
  /// - Parameter lastKnown: the last record that the state gave out when the log had been read.
  func compare(_ audit: LogAudit, lastKnown: UInt64, log: [UInt8]) -> Violations {
    var violations = Violations()
    for document in withoutText {
      violations.append("the text of document \(document) is missing", in: path)
    }
    if audit.lastSequence < durableSequence {
      violations.append(
        "it ends with record \(audit.lastSequence), and record \(durableSequence) had reached the "
          + "disk", in: log)
    }
    if audit.lastSequence > lastKnown {
      violations.append(
        "it has record \(audit.lastSequence), and the state gave out no more than \(lastKnown)",
        in: log)
    }
    for (place, logged) in zip(audit.places, audit.comparable.documents)
    where logged.number > expiredThrough {
      compare(logged, audit.comparable, place, &violations)
    }
    compareEnds(audit, &violations)
    return violations
  }

  private func compare(
    _ logged: RecordedDocument, _ log: RecordedCollection, _ place: LinePlace,
    _ violations: inout Violations
  ) {
    let number = logged.number
    guard let stored = collection[number] else {
      if log.isRemoved(number), collection.isRemoved(number) { return }
      violations.append("the state has no document \(number)", at: place)
      return
    }
    for difference in Self.differences(logged, stored) {
      violations.append("document \(number): \(difference)", at: place)
    }
    let drop = log.drops[logged.drop] ?? []
    // A name that the state does not have is that of before a relocation.
    if !drop.isEmpty, let known = collection.drops[stored.drop], drop != known,
      collection.drops.values.contains(drop)
    {
      violations.append(
        "document \(number) is of \(TerminalText.safe(drop)), in the state of "
          + TerminalText.safe(known), at: place)
    }
    if let cluster = log.clusters.group(of: number),
      let known = collection.clusters.group(of: number), cluster != known
    {
      violations.append(
        "document \(number) is in c\(cluster), in the state in c\(known)", at: place)
    }
    if log.isRemoved(number) != collection.isRemoved(number) {
      violations.append(
        log.isRemoved(number)
          ? "document \(number) is removed, in the state it is not"
          : "document \(number) is not removed, in the state it is", at: place)
    }
  }

  private static func differences(
    _ logged: RecordedDocument, _ stored: RecordedDocument
  ) -> [String] {
    func difference(_ name: String, _ one: some Equatable, _ other: some Equatable) -> String {
      "\(name) \(one), in the state \(other)"
    }
    var found: [String] = []
    if logged.path != stored.path {
      found.append(
        difference("path", TerminalText.safe(logged.path), TerminalText.safe(stored.path)))
    }
    if logged.sha256 != stored.sha256 { found.append("the SHA-256 is not that of the state") }
    if logged.bytes != stored.bytes {
      found.append(difference("bytes", logged.bytes, stored.bytes))
    }
    if logged.words != stored.words {
      found.append(difference("words", logged.words, stored.words))
    }
    if logged.cluster != stored.cluster {
      found.append(difference("assigned to", "c\(logged.cluster)", "c\(stored.cluster)"))
    }
    if logged.relation != stored.relation {
      found.append(
        difference("relation", logged.relation.rawValue, stored.relation.rawValue))
    }
    if logged.replaces != stored.replaces {
      found.append(
        difference("replaces", logged.replaces ?? 0, stored.replaces ?? 0))
    }
    if logged.arrived != stored.arrived {
      found.append(difference("time", LogTime.text(logged.arrived), LogTime.text(stored.arrived)))
    }
    return found
  }

  /// The documents that the log does not have: before its first part, or still to be appended.
  private func compareEnds(_ audit: LogAudit, _ violations: inout Violations) {
    // Records behind the log's end are in the state and are appended when the daemon comes to it.
    guard audit.lastSequence >= lastSequence else { return }
    let last = audit.comparable.documents.last?.number ?? 0
    for document in collection.documents.reversed() {
      guard document.number > last else { return }
      violations.append("document \(document.number) is in no record of the log", in: path)
    }
  }
}
