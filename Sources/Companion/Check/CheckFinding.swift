// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control

/// What came of checking one text; as one line of JSON, and for people.
struct CheckFinding: Encodable {
  var schema = 1
  var file: String
  var words: Int?
  /// Why the daemon would skip it.
  var skipped: Skipped?
  var report: CheckReport?
  /// "daemon" or "state".
  var answeredBy: CollectionCheck.Source?

  struct Skipped: Codable {
    var reason: String
    var detail: String
  }

  init(file: String, skipped: GivenText.Skipped) {
    self.file = file
    self.skipped = Skipped(reason: skipped.reason, detail: skipped.detail)
  }

  init(file: String, words: Int, report: CheckReport, source: CollectionCheck.Source) {
    self.file = file
    self.words = words
    self.report = report
    answeredBy = source
  }

  /// The file, then a line for each cluster that it was compared with.
  var description: String {
    let name = TerminalText.safe(file)
    if let skipped { return "\(name): would be skipped: \(skipped.reason): \(skipped.detail)\n" }
    guard let report else { return "\(name)\n" }
    let lines = report.candidates.map { line($0, limit: report.limit) }
    return ([verdict(name, report)] + lines + story(report)).joined(separator: "\n") + "\n"
  }

  private func verdict(_ name: String, _ report: CheckReport) -> String {
    guard let cluster = report.cluster else {
      return "\(name): nothing near among \(report.documents) documents; "
        + "it would be the first of a cluster"
    }
    let kind = report.relation == "identical" ? "identical to a document" : "near-duplicate"
    return "\(name): \(kind) of \(cluster)"
  }

  /// Where stories are gathered, the one that it would be in.
  private func story(_ report: CheckReport) -> [String] {
    guard let stories = report.stories else { return [] }
    guard let story = report.story else {
      return ["  begins a story: it fits none of \(ReportText.count(stories))"]
    }
    guard let match = report.storyMatch else { return ["  in story \(story), as its cluster is"] }
    return [
      "  in story \(story), similarity \(Figures.share(match.similarity)) of more than "
        + "\(Figures.share(match.limit)); nearest \(name(match.path, match.member, match.drop))"
    ]
  }

  private func name(_ path: String, _ member: String?, _ drop: String?) -> String {
    TerminalText.safe((drop.map { "\($0)/" } ?? "") + path + (member.map { "\0\($0)" } ?? ""))
  }

  private func line(_ candidate: CheckReport.Candidate, limit: Double) -> String {
    let match = candidate.match
    let texts = candidate.texts == 1 ? "1 text" : "\(candidate.texts) texts"
    let sign = candidate.joins ? "  joins " : "  not   "
    return sign + "\(candidate.cluster) (\(texts)), "
      + "similarity \(Figures.share(match.clusterSimilarity)) of more than "
      + "\(Figures.share(limit)); nearest \(name(match.path, match.member, match.drop)): "
      + "resemblance \(Figures.share(match.resemblance)), "
      + "containment \(Figures.share(match.containment)), \(match.shared) shingles"
  }
}
