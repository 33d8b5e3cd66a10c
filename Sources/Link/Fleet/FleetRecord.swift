// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import NearDuplicates

/// A record of `fleet.jsonl`: one JSON object, with the conventions of the cluster log.
struct FleetRecord {
  /// The text of another host that a decision was made against.
  struct Evidence {
    var host: String
    var document: UInt32
    var match: Assignment.Match
  }

  enum Event {
    /// A cluster of a host has its place; without evidence it is the first of a fleet cluster.
    case linked(
      host: String, cluster: UInt32, document: UInt32, fleet: UInt32, Evidence?,
      contains: [UInt32], story: UInt32?)
    case merged(into: UInt32, absorbed: UInt32, because: Evidence?, reason: String?)
    case moved(host: String, cluster: UInt32, from: UInt32, to: UInt32, reason: String)
    /// No text of a cluster of a host is left.
    case left(host: String, cluster: UInt32, fleet: UInt32, reason: String)
    case storyMerged(into: UInt32, absorbed: UInt32)
    case storyMoved(fleet: UInt32, from: UInt32, to: UInt32, reason: String)
  }

  var event: Event

  /// The line without its end.
  func line(sequence: UInt64, time: Int64) -> [UInt8] {
    var line = Line(sequence: sequence, time: time)
    switch event {
    case .linked(
      let host, let cluster, let document, let fleet, let evidence, let contains, let story):
      line.add("event", "linked")
      line.add("host", host)
      line.add("cluster", "c\(cluster)")
      line.add("document", number: UInt64(document))
      line.add("fleet", "f\(fleet)")
      line.add("relation", evidence == nil ? "first" : "near")
      line.add("match", evidence)
      if !contains.isEmpty { line.add("contains", list: contains.map { "f\($0)" }) }
      if let story { line.add("story", "fs\(story)") }
    case .merged(let into, let absorbed, let evidence, let reason):
      line.add("event", "merged")
      line.add("fleet", "f\(into)")
      line.add("absorbed", list: ["f\(absorbed)"])
      line.add("because", evidence)
      if let reason { line.add("reason", reason) }
    case .moved(let host, let cluster, let from, let to, let reason):
      line.add("event", "moved")
      line.add("host", host)
      line.add("cluster", "c\(cluster)")
      line.add("from", "f\(from)")
      line.add("to", "f\(to)")
      line.add("reason", reason)
    case .left(let host, let cluster, let fleet, let reason):
      line.add("event", "left")
      line.add("host", host)
      line.add("cluster", "c\(cluster)")
      line.add("fleet", "f\(fleet)")
      line.add("reason", reason)
    case .storyMerged(let into, let absorbed):
      line.add("event", "story-merged")
      line.add("story", "fs\(into)")
      line.add("absorbed", list: ["fs\(absorbed)"])
    case .storyMoved(let fleet, let from, let to, let reason):
      line.add("event", "story-moved")
      line.add("fleet", "f\(fleet)")
      line.add("from", "fs\(from)")
      line.add("to", "fs\(to)")
      line.add("reason", reason)
    }
    return line.finished
  }

  private struct Line {
    private var bytes = RecordEncoder.linePrefix

    init(sequence: UInt64, time: Int64) {
      bytes.append(decimal: sequence)
      add("time", LogTime.text(time))
    }

    mutating func add(_ key: String, _ value: String) {
      name(key)
      bytes.append(string: value)
    }

    mutating func add(_ key: String, number: UInt64) {
      name(key)
      bytes.append(decimal: number)
    }

    mutating func add(_ key: String, list: [String]) {
      name(key)
      bytes.append(UInt8(ascii: "["))
      for (place, value) in list.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(string: value)
      }
      bytes.append(UInt8(ascii: "]"))
    }

    mutating func add(_ key: String, _ evidence: Evidence?) {
      guard let evidence else { return }
      name(key)
      bytes.append(contentsOf: #"{"host":"#.utf8)
      bytes.append(string: evidence.host)
      add("document", number: UInt64(evidence.document))
      let match = evidence.match
      for (key, value) in [
        ("resemblance", match.resemblance), ("containment", match.containment),
      ] {
        measure(key, value)
      }
      add("shared", number: UInt64(match.shared))
      measure("cluster_similarity", match.clusterSimilarity)
      bytes.append(UInt8(ascii: "}"))
    }

    private mutating func measure(_ key: String, _ value: Double) {
      name(key)
      bytes.append(measure: min(max(value, 0), 1))
    }

    private mutating func name(_ key: String) {
      bytes.append(UInt8(ascii: ","))
      bytes.append(string: key)
      bytes.append(UInt8(ascii: ":"))
    }

    var finished: [UInt8] { bytes + [UInt8(ascii: "}")] }
  }
}
