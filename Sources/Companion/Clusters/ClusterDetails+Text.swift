// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

extension ClusterDetails: Answer {
  package func text(_ style: OutputStyle) -> String {
    var lines = heading(style)
    lines.append("")
    lines += table(style).lines(style)
    if principal == nil {
      lines.append(
        style.paint("how much each has of the principal takes the state's texts", .aside))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func heading(_ style: OutputStyle) -> [String] {
    let first = members[0].document
    let last = members[members.count - 1].document
    var title = style.paint("c\(cluster)", .name)
    title += ": \(ReportText.count(members.count, "document"))"
    title += ", \(ReportText.times(first.arrived, last.arrived)) UTC"
    if let story { title += ", story s\(story)" }
    var lines = [title]
    if let askedFor { lines.append("c\(askedFor) was merged into it") }
    let headline = members.first { $0.document.number == (principal ?? first).number }?.headline
    if let headline = headline ?? members.lazy.compactMap(\.headline).first {
      lines.append(style.line("title:      ", TerminalText.safe(headline)))
    }
    if let principal { lines.append(style.line("principal:  ", name(principal))) }
    lines.append(style.line("first seen: ", name(first)))
    return lines
  }

  private func name(_ document: RecordedDocument) -> String {
    "\(TerminalText.safe(collection.name(of: document))) (document \(document.number))"
  }

  private func table(_ style: OutputStyle) -> TextTable {
    var table = TextTable([
      .init(title: "DOC", alignment: .right), .init(title: "ARRIVED"),
      .init(title: "RELATION"), .init(title: "WORDS", alignment: .right, missedAt: 2),
      .init(title: "IN", alignment: .right), .init(title: "OF", alignment: .right),
      .init(title: "ADDED", alignment: .right, missedAt: 3), .init(title: "PATH", isFlexible: true),
      .init(title: "TITLE", missedAt: 1),
    ])
    let times = ReportText.times(members.map(\.document.arrived), style)
    for (member, time) in zip(members, times) { table.append(row(member, time)) }
    return table
  }

  private func row(_ member: ClusterMember, _ time: String) -> [TextTable.Cell] {
    let document = member.document
    let isPrincipal = document.number == principal?.number
    let reuse = member.reuse
    let path = TerminalText.safe(collection.name(of: document))
    let notes = notes(member)
    return [
      .init(ReportText.count(Int(document.number))), .init(time),
      .init(document.relation.rawValue), .init(ReportText.count(document.words)),
      .init(isPrincipal ? "all" : reuse.map { ReportText.share($0.inPrincipal) } ?? "-"),
      .init(reuse.map { ReportText.share($0.ofPrincipal) } ?? "-"),
      .init(reuse.map { ReportText.count($0.added) } ?? "-"),
      .init(
        notes.isEmpty ? path : "\(path) (\(notes.joined(separator: ", ")))",
        isPrincipal ? .heading : nil),
      .init(member.headline.map { TerminalText.safe($0) } ?? ""),
    ]
  }

  private func notes(_ member: ClusterMember) -> [String] {
    let document = member.document
    var notes: [String] = document.number == principal?.number ? ["principal"] : []
    if let original = document.identicalTo { notes.append("same bytes as \(original)") }
    if let successor = collection.successor(of: document.number) {
      notes.append("replaced by \(successor)")
    }
    if collection.isRemoved(document.number) { notes.append("removed") }
    if member.isGone { notes.append("file gone") }
    return notes
  }
}
