// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Control

/// The status report for people: one screen, the unusual things named first.
package enum StatusDescription {
  package static func text(_ report: StatusReport) -> String {
    var lines = [
      "neardupd \(report.version), process \(report.process), "
        + "up \(Quantity.time(report.uptimeSeconds)), \(report.phase)",
      "  \(report.summary)",
    ]
    if let trouble = report.trouble { lines.append("  trouble: \(trouble)") }
    if let problem = report.lastProblem {
      lines.append(
        "  last \(problem.level), \(Quantity.time(problem.secondsAgo)) ago: \(problem.text)")
    }
    lines += section("drop directories", report.directories.map(directory))
    lines += section("collection", collection(report))
    lines += section("since the start", sinceStart(report.sinceStart))
    lines += section("queue", queue(report))
    lines += section("latency (median, 90 %, 99 %, longest of the last 1024)", latency(report))
    lines += section("memory", memory(report.memory))
    lines += section("configuration", configuration(report.configuration))
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["\(title)"] + lines.map { "  \($0)" }
  }

  private static func directory(_ directory: StatusReport.Directory) -> String {
    let reason = directory.reason.map { " (\($0))" } ?? ""
    return "\(directory.path): \(directory.mode)\(reason)"
  }

  private static func collection(_ report: StatusReport) -> [String] {
    let counts = report.collection
    let stories = counts.stories.map { " in \(CountText.stories($0))" } ?? ", without stories"
    return [
      "\(CountText.documents(counts.documents)) in "
        + "\(CountText.clusters(counts.clusters))\(stories)",
      "state in \(report.stateDirectory)",
      "log in \(report.clusterLog)",
    ]
  }

  private static func sinceStart(_ counts: StatusReport.SinceStart) -> [String] {
    let relations = ["first", "identical", "near"].map { "\(counts.assigned[$0] ?? 0) \($0)" }
    let skipped = counts.skipped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value) \($0.key)" }
    return [
      "documents: \(relations.joined(separator: ", "))",
      "skipped: \(skipped.isEmpty ? "none" : skipped.joined(separator: ", "))",
      "merges \(counts.merges), moves \(counts.moves), of stories \(counts.storyMerges) and "
        + "\(counts.storyMoves)",
      "scans \(counts.scans), overflows \(counts.overflows)",
    ]
  }

  private static func queue(_ report: StatusReport) -> [String] {
    let queue = report.queue
    return [
      "backlog \(CountText.files(queue.backlogFiles))\(queue.isScanning ? ", scanning" : ""), in "
        + "flight \(CountText.files(queue.inFlightFiles)) and "
        + "\(Quantity.bytes(queue.inFlightBytes)), \(CountText.watches(queue.watches))",
      "rate \(Quantity.rate(report.rate.lastTenSeconds)) in the last ten seconds, "
        + "\(Quantity.rate(report.rate.lastMinute)) in the last minute",
    ]
  }

  private static func latency(_ report: StatusReport) -> [String] {
    let parts = [
      ("arrival to commit", report.latency.queueWait), ("commit", report.latency.commit),
    ]
    return parts.compactMap { name, found in
      guard let found else { return nil }
      let durations = [found.median, found.ninety, found.ninetyNine, found.longest]
      return "\(name): \(durations.map(Quantity.duration).joined(separator: ", "))"
    }
  }

  private static func memory(_ memory: StatusReport.Memory) -> [String] {
    [
      "resident \(Quantity.bytes(memory.resident)), at most \(Quantity.bytes(memory.peak)), "
        + "of it the index \(Quantity.bytes(memory.index))"
    ]
  }

  /// What somebody set, and how many keys are as they come; `--json` has them all.
  private static func configuration(_ settings: [StatusReport.Setting]) -> [String] {
    let chosen = settings.filter { $0.origin != "default" }
    let rest = settings.count - chosen.count
    return chosen.map { "\($0.key) = \($0.value)   # \($0.origin)" }
      + ["\(rest) other keys are at their defaults (--json lists all)"]
  }
}
