// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

extension DocumentHistory: Answer {
  package func text(_ style: OutputStyle) -> String {
    var lines: [String] = []
    for document in documents { lines.append(heading(document, style)) }
    if expired > 0 {
      lines.append(
        "\(ReportText.count(expired, "document")) of this path took part once and expired: "
          + "the text is gone")
    }
    if let missing { lines.append(style.paint("incomplete: \(missing)", .notable)) }
    if !lines.isEmpty, !entries.isEmpty { lines.append("") }
    lines += entries.map { DecisionText.explanation($0.logged, style) }
    if let alternatives {
      lines.append("")
      lines += alternatives.lines(style, collection)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func heading(_ document: RecordedDocument, _ style: OutputStyle) -> String {
    let name = TerminalText.safe(collection.name(of: document))
    var text = style.paint("document \(document.number)", .heading)
    text += ": \(name), \(ReportText.count(document.words, "word"))"
    text += ", \(ReportText.count(document.bytes, "byte"))"
    if let cluster = collection.clusters.group(of: document.number) {
      text += ", in \(style.paint("c\(cluster)", .name)) now"
    }
    if let successor = collection.successor(of: document.number) {
      text += "; replaced by document \(successor)"
    } else if collection.isRemoved(document.number) {
      text += "; removed"
    } else if DropFile.isGone(document, in: collection) {
      text += "; the file is gone from the drop directory"
    }
    return text
  }
}

extension Alternatives {
  func lines(_ style: OutputStyle, _ collection: RecordedCollection) -> [String] {
    guard !clusters.isEmpty else {
      return [
        "no other cluster has any of the \(ReportText.count(samples, "sampled phrase")) "
          + "of document \(document)"
      ]
    }
    var table = TextTable([
      .init(title: "CLUSTER"), .init(title: "SIM", alignment: .right),
      .init(title: "RES", alignment: .right), .init(title: "CON", alignment: .right),
      .init(title: "SHARED", alignment: .right, missedAt: 2),
      .init(title: "SAMPLED", alignment: .right, missedAt: 1),
      .init(title: "DOC", alignment: .right), .init(title: "NEAREST PATH"),
    ])
    for cluster in clusters {
      table.append([
        .init("c\(cluster.cluster)", .name), .init(ReportText.measure(cluster.similarity)),
        .init(ReportText.measure(cluster.resemblance)),
        .init(ReportText.measure(cluster.containment)), .init(ReportText.count(cluster.shared)),
        .init("\(cluster.sharedSamples)/\(samples)"), .init("\(cluster.nearest.number)"),
        .init(TerminalText.safe(collection.name(of: cluster.nearest))),
      ])
    }
    let titles = [
      "nearest clusters that document \(document) is not in, by the two texts alone",
      style.paint(
        "(similarity, from \(ReportText.measure(joins)) on which a document joins, resemblance and "
          + "containment; the collection's knowledge of common phrases is left out)", .aside),
    ]
    return titles + table.lines(style)
  }
}
