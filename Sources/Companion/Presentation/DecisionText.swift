// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// A record of the cluster log in one line for people.
enum DecisionText {
  /// The widest of the words that lines begin with, "identical".
  private static let wordWidth = 9
  private static let nameWidth = 8
  /// A space at which no line ends: no text that is shown has it (`TerminalText`).
  private static let glue = "\u{E000}"
  private static let leastSubject = 16
  private static let reasonIndent = "    "
  /// Of what stands beside a name in the line of a reason.
  private static let likenessWidth = 16

  /// Time, what was decided, the cluster, the document and why; the reason on lines of its own
  /// where a terminal is too narrow for all of it.
  static func line(_ logged: LoggedRecord, _ style: OutputStyle) -> String {
    line(logged, style, end: "")
  }

  /// The same with the number of the record, for the history of one document.
  static func explanation(_ logged: LoggedRecord, _ style: OutputStyle) -> String {
    line(logged, style, end: style.paint("  [seq\(glue)\(logged.sequence)]", .aside))
  }

  private static func line(_ logged: LoggedRecord, _ style: OutputStyle, end: String) -> String {
    glued(logged, style, end: end).replacing(glue, with: " ")
  }

  private static func glued(_ logged: LoggedRecord, _ style: OutputStyle, end: String) -> String {
    let record = logged.record
    let (word, ink) = word(of: record)
    let time = ReportText.times([logged.time], style).joined()
    let head =
      style.paint(time, .aside) + "  " + style.paint(padded(word, to: wordWidth), ink)
      + "  " + style.paint(padded(group(of: record), to: nameWidth), .name) + "  "
    let whole = head + subject(of: record) + reason(of: record, style, names: nil) + end
    guard let columns = style.columns, DisplayWidth.ofPainted(whole) > columns else { return whole }
    let room = max(leastSubject, columns - DisplayWidth.ofPainted(head))
    let reason = reason(of: record, style, names: columns - reasonIndent.count - likenessWidth)
    let indent = reasonIndent + reason.drop { ":, ".contains($0) } + end
    return head + DisplayWidth.fitted(subject(of: record), to: room) + "\n"
      + FoldedText.line(indent[...], columns, indent: reasonIndent.count)
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func word(of record: Record) -> (String, OutputStyle.Ink?) {
    switch record {
    case .assigned(let assigned):
      switch assigned.relation {
      case .first: ("first", nil)
      case .near: ("near", .good)
      case .identical: ("identical", .good)
      }
    case .merged: ("merged", .notable)
    case .moved: ("moved", .notable)
    case .storyMerged, .storyMoved: ("story", .notable)
    case .skipped: ("skipped", .bad)
    case .removed: ("removed", .bad)
    case .expired: ("expired", .notable)
    }
  }

  private static func group(of record: Record) -> String {
    switch record {
    case .assigned(let assigned): "c\(assigned.cluster)"
    case .merged(let merged): "c\(merged.cluster)"
    case .moved(let moved): "c\(moved.to)"
    case .storyMerged(let merged): "s\(merged.story)"
    case .storyMoved(let moved): "s\(moved.to)"
    case .skipped, .expired: "-"
    case .removed(let removed): "c\(removed.cluster)"
    }
  }

  private static func subject(of record: Record) -> String {
    switch record {
    case .assigned(let assigned): name(assigned.drop, assigned.path)
    case .moved(let moved): name(moved.drop, moved.path)
    case .storyMoved(let moved): name(moved.drop, moved.path)
    case .skipped(let skipped): name(skipped.drop, skipped.path)
    case .removed(let removed): name(removed.drop, removed.path)
    case .merged(let merged): "takes in \(names(merged.absorbed, "c"))"
    case .storyMerged(let merged): "takes in \(names(merged.absorbed, "s"))"
    case .expired(let expired): "all up to document \(expired.through)"
    }
  }

  /// - Parameter names: The columns that a name in it takes at most; nil for as many as it has.
  private static func reason(of record: Record, _ style: OutputStyle, names: Int?) -> String {
    switch record {
    case .assigned(let assigned): reason(of: assigned, style, names)
    case .merged(let merged):
      ": document \(merged.document) shows it, \(likeness(merged.match, names))"
    case .moved(let moved): " from c\(moved.from): \(TerminalText.safe(moved.reason))"
    case .storyMoved(let moved): " from s\(moved.from): \(TerminalText.safe(moved.reason))"
    case .storyMerged(let merged): ": \(reason(of: merged, names))"
    case .skipped(let skipped):
      ": \(skipped.reason.rawValue) (\(TerminalText.safe(skipped.detail)))"
    case .removed: ": the file was deleted"
    case .expired(let expired):
      ": \(expired.documents) documents and \(expired.clusters) clusters "
        + "take no part any more (\(expired.because.rawValue))"
    }
  }

  private static func reason(
    of assigned: Assigned, _ style: OutputStyle, _ names: Int?
  ) -> String {
    var text = ""
    if let match = assigned.match {
      text +=
        assigned.relation == .identical
        ? ": same bytes as \(name(match, names))" : ": \(likeness(match, names))"
    }
    if let story = assigned.story { text += ", story " + style.paint("s\(story)", .name) }
    if let match = assigned.storyMatch { text += " (\(StoryDetails.reason(match)))" }
    if let replaced = assigned.replaces { text += ", replaces document \(replaced)" }
    return text
  }

  private static func reason(of merged: StoryMerged, _ names: Int?) -> String {
    switch merged.evidence {
    case .terms(let match): StoryDetails.reason(match)
    case .cluster(let match): "their clusters are one, \(likeness(match, names))"
    case nil: "their clusters became one while there were no stories"
    }
  }

  private static func likeness(_ match: Match, _ names: Int?) -> String {
    "like \(name(match, names)), resemblance \(ReportText.measure(match.resemblance)), "
      + "containment \(ReportText.measure(match.containment)), "
      + "fits by \(ReportText.measure(match.clusterSimilarity))"
  }

  private static func name(_ match: Match, _ columns: Int?) -> String {
    let name = TerminalText.safe(match.path)
    return columns.map { DisplayWidth.fitted(name, to: max(leastSubject, $0)) } ?? name
  }

  private static func name(_ drop: [UInt8]?, _ path: [UInt8]) -> String {
    TerminalText.safe(drop.map { $0 + [UInt8(ascii: "/")] + path } ?? path)
  }

  private static func names(_ numbers: [UInt32], _ letter: String) -> String {
    numbers.map { "\(letter)\($0)" }.joined(separator: ", ")
  }
}
