// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

extension DriftSurvey: Answer {
  func text(_ style: OutputStyle) -> String {
    var lines = [
      "\(ReportText.count(sampled)) of \(ReportText.count(compared, "document")) drawn",
      "not together: "
        + style.paint(ReportText.count(apartPairs), apartPairs == 0 ? .good : .bad)
        + " of \(ReportText.count(nearPairs, "pair")) of resemblance "
        + "\(ReportText.measure(Self.near)) and more",
      "unsupported:  "
        + style.paint(ReportText.count(unsupported), unsupported == 0 ? .good : .bad)
        + " of \(ReportText.count(clustered, "member")) of clusters; their nearest there has "
        + "resemblance below \(ReportText.measure(Self.supportingResemblance)) and containment "
        + "below \(ReportText.measure(Self.supportingContainment))",
    ]
    lines += notes.map { style.paint("note: \($0)", .aside) }
    if !apartExamples.isEmpty {
      lines += ["", title("not together", apartExamples.count, apartPairs)]
      lines += apartExamples.map {
        "  \(measures($0.overlap)): \(name($0.first)) and \(name($0.second))"
      }
    }
    if !unsupportedExamples.isEmpty {
      lines += ["", title("unsupported", unsupportedExamples.count, unsupported)]
      lines += unsupportedExamples.map {
        "  \(measures($0.overlap)): \(name($0.document)), nearest \(name($0.nearest))"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var notes: [String] {
    var notes: [String] = []
    if missing > 0 {
      notes.append("\(ReportText.count(missing, "document")) without a stored text left out")
    }
    if isCut {
      notes.append(
        "the texts are long: no more of them were drawn than have "
          + "\(ReportText.count(DriftSample.shingleLimit)) shingles")
    }
    return notes
  }

  private func title(_ what: String, _ shown: Int, _ count: Int) -> String {
    "\(what), \(ReportText.count(shown)) of \(ReportText.count(count)):"
  }

  private func measures(_ overlap: ShingleOverlap) -> String {
    "resemblance \(ReportText.measure(overlap.resemblance)), containment "
      + ReportText.measure(overlap.containment)
  }

  private func name(_ document: UInt32) -> String {
    guard let known = collection[document] else { return "document \(document)" }
    let cluster = collection.clusters.group(of: document).map { ", c\($0)" } ?? ""
    return "\(TerminalText.safe(collection.name(of: known))) (document \(document)\(cluster))"
  }
}
