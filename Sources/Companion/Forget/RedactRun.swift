// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import StateStore

/// What `neardup redact` does: the parts of the log that a rotation put aside lose what tells of
/// forgotten documents.
package struct RedactRun {
  /// What became of it.
  struct Report: Encodable, Equatable {
    /// Forgotten documents that the log tells of.
    var documents = 0
    /// Lines that were changed, in rotated parts.
    var lines = 0
    /// The parts that were rewritten.
    var parts: [String] = []
    /// Lines that tell of them in the part that is being written, which is only appended to.
    var left = 0
    /// Parts that cannot be read.
    var unread: [String] = []
  }

  private let places: ResultPlaces

  package init(_ options: CompanionOptions) { places = ResultPlaces(options) }

  /// - Parameter isTrial: whether it is only said what would be changed.
  package func run(isTrial: Bool, json: Bool) -> CommandOutcome {
    CommandOutcome(warnings: places.warnings) {
      let source = try CollectionSource(places)
      guard source.state != nil else {
        throw CommandFailure(
          CommandFailure.unreadable, source.messages.first ?? "the state cannot be read")
      }
      let report = try redact(source.log, try redaction(source), isTrial: isTrial)
      return CommandOutcome(
        output: json ? try JSONText.pretty(report) : Self.text(report, isTrial),
        messages: report.unread, exitStatus: report.unread.isEmpty ? 0 : CommandFailure.unreadable)
    }
  }

  /// What was forgotten is what the log says was removed, and the state has no more.
  private func redaction(
    _ source: CollectionSource
  ) throws -> (documents: Set<UInt32>, redaction: LogRedaction) {
    var removed: [UInt32: LogRedaction.File] = [:]
    try source.log.forEachRecord { logged in
      guard case .removed(let gone) = logged.record else { return }
      removed[gone.document] = LogRedaction.File(drop: gone.drop, path: gone.path)
    }
    let collection = source.collection
    let documents = Set(removed.keys).filter { collection[$0] == nil }
    var files = Set(documents.compactMap { removed[$0] })
    for document in collection.documents {
      files.remove(LogRedaction.File(drop: collection.drops[document.drop], path: document.path))
      files.remove(LogRedaction.File(drop: nil, path: document.path))
    }
    return (documents, LogRedaction(documents: documents, files: files))
  }

  private func redact(
    _ log: LogScan, _ found: (documents: Set<UInt32>, redaction: LogRedaction), isTrial: Bool
  ) throws -> Report {
    var report = Report(documents: found.documents.count, unread: log.unread)
    guard !found.documents.isEmpty else { return report }
    for part in log.parts {
      var lines = 0
      try LogPart.forEachLine(of: part) { line in
        if try found.redaction.redacted(line) != nil { lines += 1 }
      }
      if lines == 0 { continue }
      if part == places.clusterLog {
        report.left += lines
        continue
      }
      if !isTrial { try LogPartRewriter.rewrite(part) { try found.redaction.redacted($0) } }
      report.lines += lines
      report.parts.append(TerminalText.safe(part))
    }
    return report
  }

  private static func text(_ report: Report, _ isTrial: Bool) -> String {
    let lines = ReportText.count(report.lines, "line")
    var text = isTrial ? "would redact \(lines)" : "redacted \(lines)"
    text += " in \(ReportText.count(report.parts.count, "part")) that a rotation put aside\n"
    if report.left > 0 {
      text += "\(ReportText.count(report.left, "line")) left in the part that is being written: "
      text += "rotate it (logrotate --force), then redact again\n"
    }
    return text
  }
}
