// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

/// Holds the records of a log against what was under each name.
struct RecordAudit {
  /// Content that is there and has no record.
  private(set) var lost: [String] = []
  /// Records that no content accounts for.
  private(set) var repeated: [String] = []
  private(set) var expired = 0
  private(set) var broken: [String] = []

  private struct Found {
    let line: ClusterLogLine
    /// The number of the version that it is of.
    var version: Int
  }

  private let settings: ScheduledSettings
  private let history: DropHistory
  /// When documents were removed, and the last one that had expired, by the number of the line.
  private var removals: [Int: Int] = [:]
  private var askedFor: Set<Int> = []
  private var horizons: [(sequence: Int, through: Int)] = []

  init(_ lines: [ClusterLogLine], _ history: DropHistory, _ settings: ScheduledSettings) {
    self.settings = settings
    self.history = history
    var records: [String: [ClusterLogLine]] = [:]
    for line in lines {
      switch line.event {
      case "assigned", "skipped": records[line.path, default: []].append(line)
      case "removed":
        guard let document = line.document else { continue }
        if removals.updateValue(line.sequence, forKey: document) != nil {
          broken.append("document \(document) is removed twice")
        }
        if line.reason == "requested" { askedFor.insert(document) }
      case "expired":
        expired += line["documents"]?.integer ?? 0
        horizons.append((line.sequence, line["through"]?.integer ?? 0))
      default: break
      }
    }
    for path in Set(records.keys).union(history.versions.keys).sorted() {
      check(path, records[path] ?? [])
    }
  }

  /// Each record is that of a version after the one before, and the last version has one.
  ///
  /// Some kinds of content look alike in the log: from the end on each record is taken for the last
  /// version that it may be of.
  private mutating func check(_ path: String, _ records: [ClusterLogLine]) {
    let versions = history.versions[path] ?? []
    var found: [Found] = []
    var used: Set<String> = []
    for line in records.reversed() {
      let name = Self.signature(line)
      let version = versions.indices.prefix((found.last?.version ?? .max - 1) + 1).last {
        signatures(of: versions[$0]).contains(name) && !used.contains("\($0) \(name)")
      }
      guard let version else {
        repeated.append("\(path), record \(line.sequence): \(name)")
        continue
      }
      used.insert("\(version) \(name)")
      if let next = found.last(where: { $0.line.isAssigned }), line.isAssigned,
        version < next.version, Self.signature(next.line) == name,
        !mayComeAgain(line, next.line, versions[version...next.version])
      {
        repeated.append("\(path), record \(next.line.sequence), as record \(line.sequence)")
      }
      found.append(Found(line: line, version: version))
    }
    checkEnd(path, versions, found.reversed())
  }

  /// What a record says of the content: its digest, or why it is no document.
  private static func signature(_ line: ClusterLogLine) -> String {
    if line.isAssigned { return line["sha256"]?.string ?? "" }
    let reason = line.reason ?? ""
    guard reason == "too-large" else { return reason }
    return "\(reason): \(line["detail"]?.string?.prefix { $0.isNumber } ?? "")"
  }

  private func signatures(of version: DropHistory.Version) -> Set<String> {
    switch version {
    case .absent: ["vanished"]
    case .content(let content): settings.signatures(of: content).ever
    }
  }

  /// The same content has another record after it was gone and the first one had been forgotten, or
  /// after other content.
  private func mayComeAgain(
    _ before: ClusterLogLine, _ line: ClusterLogLine, _ versions: ArraySlice<DropHistory.Version>
  ) -> Bool {
    guard versions.contains(.absent), let document = before.document else { return false }
    if let removal = removals[document], removal < line.sequence { return true }
    return horizons.contains { $0.sequence < line.sequence && $0.through >= document }
  }

  private mutating func checkEnd(
    _ path: String, _ versions: [DropHistory.Version], _ found: [Found]
  ) {
    let documents = found.compactMap(\.line.document)
    guard let content = history.live[path] else {
      let through = horizons.last?.through ?? 0
      // What was no document in the end leaves the earlier version as it is, as another one does.
      if settings.forgetsDeleted, let last = found.last?.line.document, last > through,
        removals[last] == nil
      {
        lost.append("that \(path) is gone")
      }
      return
    }
    guard settings.wants(path) else { return }
    // As long as the content has been the same, whether it was away for a time or not.
    let since = versions.lastIndex { $0 != .content(content) && $0 != .absent } ?? -1
    let names = found.filter { $0.version > since }.map { Self.signature($0.line) }
    let wanted = settings.signatures(of: content).now
    if wanted.isDisjoint(with: names) { return lost.append(path) }
    // What is there may have been refused since.
    if settings.forgetsDeleted, let last = documents.last, removals[last] != nil,
      !askedFor.contains(last), content.kind == .text, found.last?.line.isAssigned ?? false
    {
      lost.append("\(path) after document \(last) was removed")
    }
  }
}
