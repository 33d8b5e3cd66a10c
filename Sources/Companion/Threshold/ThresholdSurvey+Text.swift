// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension ThresholdSurvey: Answer {
  func text(_ style: OutputStyle) -> String {
    var lines = table.lines(style) + [style.paint(summary, .aside)]
    for outcome in outcomes {
      lines += examples(outcome, outcome.merged, outcome.effect.merged.count, "be merged", style)
      lines += examples(outcome, outcome.split, outcome.effect.split.count, "be split", style)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var table: TextTable {
    var table = TextTable([
      .init(title: "THRESHOLD", alignment: .right), .init(title: "CLUSTERS", alignment: .right),
      .init(title: "DOCUMENTS", alignment: .right), .init(title: "MERGED", alignment: .right),
      .init(title: "SPLIT", alignment: .right),
    ])
    for outcome in outcomes {
      let effect = outcome.effect
      table.append([
        .init(ReportText.measure(effect.threshold), .name),
        .init(ReportText.count(effect.clusters)), .init(ReportText.count(effect.clustered)),
        .init(ReportText.count(effect.merged.count)), .init(ReportText.count(effect.split.count)),
      ])
    }
    return table
  }

  private var summary: String {
    var text =
      "\(ReportText.measure(configured)) is configured; "
      + "now \(ReportText.count(clusters, "cluster")) of two and more with "
      + "\(ReportText.count(clustered, "document")), of "
      + "\(ReportText.count(collection.documents.count)) in all"
    if missing > 0 { text += "; \(ReportText.count(missing)) without a stored text left out" }
    return text + "; stories were not tried"
  }

  private func examples(
    _ outcome: Outcome, _ shown: [ThresholdExample], _ count: Int, _ change: String,
    _ style: OutputStyle
  ) -> [String] {
    guard !shown.isEmpty else { return [] }
    let title =
      "at \(ReportText.measure(outcome.effect.threshold)) would \(change), "
      + "\(ReportText.count(shown.count)) of \(ReportText.count(count)):"
    return ["", title] + shown.map { "  \(line($0, style))" }
  }

  private func line(_ example: ThresholdExample, _ style: OutputStyle) -> String {
    var names = example.clusters.prefix(4).map { "c\($0)" }.joined(separator: " ")
    if example.clusters.count > 4 { names += " …" }
    return "\(style.paint(names, .name)): similarity \(ReportText.measure(example.similarity)) "
      + "of \(name(example.first)) and \(name(example.second))"
  }

  private func name(_ document: UInt32) -> String {
    guard let known = collection[document] else { return "document \(document)" }
    return "\(TerminalText.safe(collection.name(of: known))) (document \(document))"
  }
}
