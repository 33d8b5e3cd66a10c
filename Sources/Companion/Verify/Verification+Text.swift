// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension Verification {
  package func text(_ style: OutputStyle) -> String {
    var lines = violations.map { violation in
      var place = TerminalText.safe(violation.file)
      if let line = violation.line { place += ":\(line)" }
      return "\(style.paint(place, .bad)): \(violation.message)"
    }
    if violationCount > violations.count {
      lines.append("and \(ReportText.count(violationCount - violations.count)) more")
    }
    lines += notes.map { style.paint("note: \($0)", .aside) }
    lines.append(style.paint(summary, violationCount == 0 ? .good : .bad))
    return lines.joined(separator: "\n") + "\n"
  }

  private var summary: String {
    var text = ReportText.count(checked.lines, "line")
    text += " in \(ReportText.count(checked.parts, "part"))"
    if checked.lines > 0 { text += ", records \(checked.first) to \(checked.last)" }
    text += ", \(ReportText.count(checked.documents, "document"))"
    text += checked.state ? ", compared with the state" : ", not compared with the state"
    return text + ": "
      + (violationCount == 0 ? "all promises kept" : ReportText.count(violationCount, "violation"))
  }

  package func json() throws -> String {
    try JSONText.pretty(
      Report(
        violations: violations.map { violation in
          Report.Violation(
            file: String(decoding: violation.file, as: UTF8.self), line: violation.line,
            message: violation.message)
        }, count: violationCount, notes: notes, checked: checked))
  }

  struct Checked: Encodable {
    let lines: Int
    let parts: Int
    let first: UInt64
    let last: UInt64
    let documents: Int
    let state: Bool
  }

  private struct Report: Encodable {
    struct Violation: Encodable {
      let file: String
      let line: Int?
      let message: String
    }

    let violations: [Violation]
    let count: Int
    let notes: [String]
    let checked: Checked
  }
}
