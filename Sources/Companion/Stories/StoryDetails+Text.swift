// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

extension StoryDetails: Answer {
  package func text(_ style: OutputStyle) -> String {
    var title = style.paint("s\(story)", .name)
    let documents = entries.reduce(0) { $0 + $1.listed.documents }
    title += ": \(ReportText.count(entries.count, "cluster"))"
    title += ", \(ReportText.count(documents, "document"))"
    if let first = entries.first?.listed.first.arrived {
      let last = entries.map(\.listed.lastSeen).max() ?? first
      title += ", \(ReportText.times(first, last)) UTC"
    }
    var lines = [title]
    if let askedFor { lines.append("s\(askedFor) was merged into it") }
    if let first = entries.first?.listed.first {
      if let headline = entries.lazy.compactMap(\.headline).first {
        lines.append(style.line("title:      ", TerminalText.safe(headline)))
      }
      let name = TerminalText.safe(collection.name(of: first))
      lines.append(
        style.line(
          "first seen: ", "\(name) (document \(first.number), c\(entries[0].listed.cluster))"))
    }
    lines.append("")
    lines += table(style).lines(style)
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ style: OutputStyle) -> TextTable {
    var table = TextTable([
      .init(title: "CLUSTER"), .init(title: "DOCS", alignment: .right), .init(title: "FIRST"),
      .init(title: "LED BY", isFlexible: true, missedAt: 2),
      .init(title: "FIRST DOCUMENT", isFlexible: true, missedAt: 1), .init(title: "TITLE"),
    ])
    let times = ReportText.times(entries.map(\.listed.firstSeen), style)
    for (entry, time) in zip(entries, times) {
      let name = TerminalText.safe(collection.name(of: entry.listed.first))
      table.append([
        .init("c\(entry.listed.cluster)", .name), .init(ReportText.count(entry.listed.documents)),
        .init(time), .init(entry.match.map(StoryDetails.reason) ?? "-"), .init(name),
        .init(entry.headline.map { TerminalText.safe($0) } ?? name),
      ])
    }
    return table
  }

  /// "0.52 with document 4: quake, harbour"
  static func reason(_ match: StoryMatch) -> String {
    let terms = match.terms.map { TerminalText.safe($0) }.joined(separator: ", ")
    return "\(ReportText.measure(match.similarity)) with document \(match.document): \(terms)"
  }

  package func json() throws -> String {
    try JSONText.pretty(
      Report(
        story: "s\(story)", askedFor: askedFor.map { "s\($0)" },
        clusters: entries.map { Report.Cluster($0, collection) }))
  }

  private struct Report: Encodable {
    struct Cluster: Encodable {
      struct Match: Encodable {
        let document: UInt32
        let similarity: Double
        let terms: [String]
      }

      let cluster: String
      let documents: Int
      let title: String?
      let firstSeen: String
      let lastSeen: String
      let first: NamedDocument
      let storyMatch: Match?

      init(_ entry: Entry, _ collection: RecordedCollection) {
        cluster = "c\(entry.listed.cluster)"
        documents = entry.listed.documents
        title = entry.headline
        firstSeen = LogTime.text(entry.listed.firstSeen)
        lastSeen = LogTime.text(entry.listed.lastSeen)
        first = NamedDocument(entry.listed.first, collection)
        storyMatch = entry.match.map {
          Match(document: $0.document, similarity: $0.similarity, terms: $0.terms)
        }
      }
    }

    let story: String
    let askedFor: String?
    let clusters: [Cluster]
  }
}
