// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// A record of the cluster log in one line for people.
enum DecisionText {
  /// The widest of the words that lines begin with, "identical".
  private static let wordWidth = 9
  private static let nameWidth = 8

  /// Time, what was decided, the cluster, the document and why.
  static func line(_ logged: LoggedRecord, _ style: OutputStyle) -> String {
    let (word, ink) = word(of: logged.record)
    let name = group(of: logged.record)
    var line = style.paint(ReportText.time(logged.time), .aside)
    line += "  " + style.paint(padded(word, to: wordWidth), ink)
    line += "  " + style.paint(padded(name, to: nameWidth), .name)
    return line + "  " + subject(of: logged.record) + reason(of: logged.record, style)
  }

  /// The same with the number of the record, for the history of one document.
  static func explanation(_ logged: LoggedRecord, _ style: OutputStyle) -> String {
    line(logged, style) + style.paint("  [seq \(logged.sequence)]", .aside)
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

  private static func reason(of record: Record, _ style: OutputStyle) -> String {
    switch record {
    case .assigned(let assigned): reason(of: assigned, style)
    case .merged(let merged): ": document \(merged.document) shows it, \(likeness(merged.match))"
    case .moved(let moved): " from c\(moved.from): \(TerminalText.safe(moved.reason))"
    case .storyMoved(let moved): " from s\(moved.from): \(TerminalText.safe(moved.reason))"
    case .storyMerged(let merged): ": \(reason(of: merged))"
    case .skipped(let skipped):
      ": \(skipped.reason.rawValue) (\(TerminalText.safe(skipped.detail)))"
    case .removed: ": the file was deleted"
    case .expired(let expired):
      ": \(expired.documents) documents and \(expired.clusters) clusters "
        + "take no part any more (\(expired.because.rawValue))"
    }
  }

  private static func reason(of assigned: Assigned, _ style: OutputStyle) -> String {
    var text = ""
    if let match = assigned.match {
      text +=
        assigned.relation == .identical
        ? ": same bytes as \(TerminalText.safe(match.path))" : ": \(likeness(match))"
    }
    if let story = assigned.story { text += ", story " + style.paint("s\(story)", .name) }
    if let match = assigned.storyMatch { text += " (\(StoryDetails.reason(match)))" }
    if let replaced = assigned.replaces { text += ", replaces document \(replaced)" }
    return text
  }

  private static func reason(of merged: StoryMerged) -> String {
    switch merged.evidence {
    case .terms(let match): StoryDetails.reason(match)
    case .cluster(let match): "their clusters are one, \(likeness(match))"
    case nil: "their clusters became one while there were no stories"
    }
  }

  private static func likeness(_ match: Match) -> String {
    "like \(TerminalText.safe(match.path)), resemblance \(ReportText.measure(match.resemblance)), "
      + "containment \(ReportText.measure(match.containment)), "
      + "fits by \(ReportText.measure(match.clusterSimilarity))"
  }

  private static func name(_ drop: [UInt8]?, _ path: [UInt8]) -> String {
    TerminalText.safe(drop.map { $0 + [UInt8(ascii: "/")] + path } ?? path)
  }

  private static func names(_ numbers: [UInt32], _ letter: String) -> String {
    numbers.map { "\(letter)\($0)" }.joined(separator: ", ")
  }
}
