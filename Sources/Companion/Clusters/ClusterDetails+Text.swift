// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

extension ClusterDetails: Answer {
  package func text(_ style: OutputStyle) -> String {
    var lines = heading(style)
    lines.append("")
    lines += table.lines(style)
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
    if let principal { lines.append("principal:  \(name(principal))") }
    lines.append("first seen: \(name(first))")
    return lines
  }

  private func name(_ document: RecordedDocument) -> String {
    "\(TerminalText.safe(collection.name(of: document))) (document \(document.number))"
  }

  private var table: TextTable {
    var table = TextTable([
      .init(title: "DOCUMENT", alignment: .right), .init(title: "ARRIVED (UTC)"),
      .init(title: "RELATION"), .init(title: "WORDS", alignment: .right),
      .init(title: "IN PRINCIPAL", alignment: .right),
      .init(title: "OF PRINCIPAL", alignment: .right), .init(title: "ADDED", alignment: .right),
      .init(title: "PATH"),
    ])
    for member in members { table.append(row(member)) }
    return table
  }

  private func row(_ member: ClusterMember) -> [TextTable.Cell] {
    let document = member.document
    let isPrincipal = document.number == principal?.number
    let reuse = member.reuse
    let notes = notes(member)
    let path = TerminalText.safe(collection.name(of: document))
    return [
      .init(ReportText.count(Int(document.number))), .init(ReportText.time(document.arrived)),
      .init(document.relation.rawValue), .init(ReportText.count(document.words)),
      .init(isPrincipal ? "principal" : reuse.map { ReportText.share($0.inPrincipal) } ?? "-"),
      .init(reuse.map { ReportText.share($0.ofPrincipal) } ?? "-"),
      .init(reuse.map { ReportText.count($0.added) } ?? "-"),
      .init(
        notes.isEmpty ? path : "\(path) (\(notes.joined(separator: ", ")))",
        isPrincipal ? .heading : nil),
    ]
  }

  private func notes(_ member: ClusterMember) -> [String] {
    let document = member.document
    var notes: [String] = []
    if let original = document.identicalTo { notes.append("same bytes as \(original)") }
    if let successor = collection.successor(of: document.number) {
      notes.append("replaced by \(successor)")
    }
    if collection.isRemoved(document.number) { notes.append("removed") }
    if member.isGone { notes.append("file gone") }
    return notes
  }
}
