// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// Reads a log line by line and checks the promises that can be seen in it alone.
package struct LogAudit: Sendable {
  /// What the log says a path holds; absent when it says nothing.
  private enum Holding: Sendable, Equatable {
    case document(UInt32)
    case nothing
    /// Skipped: the daemon may or may not remember what was there before.
    case uncertain
  }

  package private(set) var violations = Violations()
  /// What the lines come to.
  package private(set) var collection = RecordedCollection(source: .log)
  /// The same up to the last record that the state knew when it was looked at.
  package private(set) var comparable = RecordedCollection(source: .log)
  package private(set) var lineCount = 0
  package private(set) var firstSequence: UInt64 = 0
  package private(set) var lastSequence: UInt64 = 0
  /// Where each document was assigned, in the order of `collection.documents`.
  package private(set) var places: [LinePlace] = []

  /// The last record that is to be compared with the state.
  private let comparedThrough: UInt64
  private var isPastComparison = false
  /// Whether records are missing, so that what is not known may have been told in these.
  private var hasHoles = false
  private var holdings: [DroppedPath: Holding] = [:]
  /// The last document that has expired.
  private var expiredThrough: UInt32 = 0

  private struct DroppedPath: Hashable {
    let drop: [UInt8]?
    let path: [UInt8]
  }

  package init(comparedThrough: UInt64 = .max) { self.comparedThrough = comparedThrough }

  /// Takes the next line, without its end.
  package mutating func take(_ line: ArraySlice<UInt8>, at place: LinePlace) {
    lineCount += 1
    let logged: LoggedRecord
    do throws(LogLineError) {
      logged = try LoggedRecord(decoding: line)
    } catch {
      hasHoles = true
      violations.append("the line \(error)", at: place)
      return
    }
    guard takeSequence(logged.sequence, place) else { return }
    check(logged.record, place)
    if !isPastComparison, logged.sequence > comparedThrough {
      isPastComparison = true
      comparable = collection
    }
    if case .assigned = logged.record { places.append(place) }
    collection.take(logged)
  }

  /// A part of a log that ends within a line.
  package mutating func takeTornLine(_ bytes: Int, at place: LinePlace) {
    violations.append("the last line is torn: \(bytes) bytes without a line end", at: place)
  }

  /// All lines were read.
  package mutating func finish() {
    if !isPastComparison { comparable = collection }
    checkStories()
  }

  /// False for a record that was there already.
  private mutating func takeSequence(_ sequence: UInt64, _ place: LinePlace) -> Bool {
    if firstSequence == 0 {
      (firstSequence, lastSequence) = (sequence, sequence)
      hasHoles = hasHoles || sequence > 1
      return true
    }
    if sequence <= lastSequence {
      violations.append("record \(sequence) comes again, after record \(lastSequence)", at: place)
      return false
    }
    if sequence != lastSequence + 1 {
      let (first, last) = (lastSequence + 1, sequence - 1)
      violations.append(
        first == last
          ? "record \(first) is missing" : "records \(first) to \(last) are missing", at: place)
      hasHoles = true
    }
    lastSequence = sequence
    return true
  }

  // MARK: Records

  private mutating func check(_ record: Record, _ place: LinePlace) {
    switch record {
    case .assigned(let assigned): check(assigned, place)
    case .moved(let moved):
      check(moved.document, isIn: moved.from, collection.clusters, "c", place)
    case .merged(let merged):
      check(merged.absorbed, foldedInto: merged.cluster, collection.clusters, "c", place)
    case .storyMoved(let moved):
      check(moved.document, isIn: moved.from, collection.stories, "s", place)
    case .storyMerged(let merged):
      check(merged.absorbed, foldedInto: merged.story, collection.stories, "s", place)
    case .removed(let removed):
      check(removed.document, isIn: removed.cluster, collection.clusters, "c", place)
      if collection.isRemoved(removed.document) {
        violations.append("document \(removed.document) is removed twice", at: place)
      }
      let path = DroppedPath(drop: removed.drop, path: removed.path)
      // An earlier version may go alone; the later one is still there.
      if holdings[path] == .document(removed.document) { holdings[path] = .nothing }
    case .expired(let expired): check(expired, place)
    case .skipped(let skipped):
      holdings[DroppedPath(drop: skipped.drop, path: skipped.path)] = .uncertain
    }
  }

  private mutating func check(_ assigned: Assigned, _ place: LinePlace) {
    let number = assigned.document
    let last = collection.documents.last?.number
    if let last, number <= last {
      violations.append("document \(number) is assigned again, after document \(last)", at: place)
    } else if number != (last ?? 0) + 1, last != nil || !hasHoles {
      violations.append("document \((last ?? 0) + 1) was never assigned", at: place)
    }
    if assigned.relation == .first, assigned.cluster != number {
      violations.append(
        "document \(number) begins c\(assigned.cluster), which has the number of another",
        at: place)
    }
    if collection.clusters.isAbsorbed(assigned.cluster) {
      violations.append(
        "document \(number) is put into c\(assigned.cluster), which was absorbed", at: place)
    }
    if let match = assigned.match {
      if match.document <= expiredThrough {
        violations.append(
          "document \(number) matches document \(match.document), which had expired", at: place)
      }
      check(assigned, match, place)
    }
    checkHolding(assigned, place)
  }

  private mutating func check(_ assigned: Assigned, _ match: Match, _ place: LinePlace) {
    guard let matched = collection[match.document] else {
      if !hasHoles {
        violations.append(
          "document \(assigned.document) matches document \(match.document), which was never "
            + "assigned", at: place)
      }
      return
    }
    if let cluster = collection.clusters.group(of: matched.number), cluster != assigned.cluster,
      !hasHoles
    {
      violations.append(
        "document \(assigned.document) is put into c\(assigned.cluster), but document "
          + "\(matched.number), which it matches, is in c\(cluster)", at: place)
    }
    if assigned.relation == .identical, matched.sha256 != assigned.sha256 {
      violations.append(
        "document \(assigned.document) is identical to document \(matched.number), but their "
          + "SHA-256 differ", at: place)
    }
  }

  /// Documents expire once, in order, and what is newest stays.
  private mutating func check(_ expired: Expired, _ place: LinePlace) {
    let before = expiredThrough
    expiredThrough = max(before, expired.through)
    if expired.through <= before {
      violations.append(
        "document \(expired.through) expires again, after document \(before)", at: place)
    } else if before > 0 || !hasHoles, expired.documents > Int(expired.through - before) {
      violations.append(
        "\(expired.documents) documents expire, of \(expired.through - before) up to document "
          + "\(expired.through)", at: place)
    }
    if let last = collection.documents.last?.number, expired.through >= last {
      violations.append(
        "document \(expired.through) expires, and the last one was \(last)", at: place)
    }
  }

  /// No content version of a path is recorded twice, and each names the one before.
  private mutating func checkHolding(_ assigned: Assigned, _ place: LinePlace) {
    let path = DroppedPath(drop: assigned.drop, path: assigned.path)
    let holding = holdings.updateValue(.document(assigned.document), forKey: path)
    guard holding != .uncertain, holding != nil || !hasHoles else { return }
    var held: UInt32?
    if case .document(let document) = holding { held = document }
    // What is gone may have been forgotten with its file.
    if let held, held <= expiredThrough { return }
    if assigned.replaces != held {
      let told = assigned.replaces.map { "replaces document \($0)" } ?? "replaces nothing"
      let known = held.map { "document \($0) is there" } ?? "nothing is there"
      violations.append(
        "document \(assigned.document) \(told), but \(known) at its path", at: place)
    }
    if let held, let before = collection[held], before.sha256 == assigned.sha256 {
      violations.append(
        "document \(assigned.document) is the content of document \(held) again, at the same path",
        at: place)
    }
  }

  private mutating func check(
    _ document: UInt32, isIn group: UInt32, _ partition: Partition, _ letter: String,
    _ place: LinePlace
  ) {
    guard let known = partition.group(of: document) else {
      if !hasHoles {
        violations.append("document \(document) was in no group before", at: place)
      }
      return
    }
    if known != group, !hasHoles {
      violations.append(
        "document \(document) was in \(letter)\(known), not in \(letter)\(group)", at: place)
    }
  }

  private mutating func check(
    _ absorbed: [UInt32], foldedInto survivor: UInt32, _ partition: Partition, _ letter: String,
    _ place: LinePlace
  ) {
    for group in absorbed {
      if group <= survivor {
        violations.append(
          "\(letter)\(group) is absorbed by \(letter)\(survivor), and the smaller number survives",
          at: place)
      }
      if partition.isAbsorbed(group) {
        violations.append("\(letter)\(group) is absorbed twice", at: place)
      }
    }
  }

  /// A cluster is in one story.
  private mutating func checkStories() {
    guard collection.stories.documentCount > 0 else { return }
    var known: [UInt32: UInt32] = [:]
    for (place, document) in zip(places, collection.documents) {
      guard let cluster = collection.clusters.group(of: document.number),
        let story = collection.stories.group(of: document.number)
      else { continue }
      let first = known[cluster, default: story]
      known[cluster] = first
      if first != story {
        violations.append(
          "document \(document.number) of c\(cluster) is in s\(story), others of the cluster are "
            + "in s\(first)", at: place)
      }
    }
  }
}
