// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

/// The lines of an exposition, taken apart and held to the rules of OpenMetrics 1.0.
struct OpenMetricsLines {
  var kinds: [String: String] = [:]
  var units: [String: String] = [:]
  /// The value by the name and labels of the sample, as they are written.
  var samples: [String: Double] = [:]

  init(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(text.hasSuffix("# EOF\n"), sourceLocation: sourceLocation)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.popLast() == "" && lines.popLast() == "# EOF", sourceLocation: sourceLocation)
    var family = ""
    for line in lines {
      let words = line.split(separator: " ", maxSplits: 3).map(String.init)
      switch words.first == "#" ? words[1] : "sample" {
      case "TYPE":
        #expect(kinds[words[2]] == nil, "a family is in one piece", sourceLocation: sourceLocation)
        family = words[2]
        kinds[family] = words[3]
      case "UNIT":
        #expect(words[2] == family && family.hasSuffix("_\(words[3])"))
        units[family] = words[3]
      case "HELP":
        #expect(words[2] == family && words[3].hasSuffix("."), sourceLocation: sourceLocation)
      case "sample":
        let space = try #require(line.lastIndex(of: " "))
        let name = String(line[..<space])
        #expect(samples[name] == nil, "no sample twice", sourceLocation: sourceLocation)
        let value: Double = try #require(Double(line[line.index(after: space)...]))
        samples[name] = value
        let bare = String(name.prefix { $0 != "{" })
        let endings =
          switch kinds[family] {
          case "counter": ["_total"]
          case "histogram": ["_bucket", "_count", "_sum"]
          default: [""]
          }
        #expect(endings.contains { family + $0 == bare }, "\(bare) in \(family)")
      default: Issue.record("not a line of OpenMetrics: \(line)")
      }
    }
    for name in kinds.filter({ $0.value == "histogram" }).keys { checkHistogram(name) }
  }

  private func checkHistogram(_ name: String) {
    let buckets = samples.filter { $0.key.hasPrefix("\(name)_bucket{le=") }
    let sorted = buckets.map { key, value in
      (Double(key.split(separator: "\"")[1].replacing("+Inf", with: "inf")) ?? 0, value)
    }.sorted { $0.0 < $1.0 }
    #expect(sorted.map(\.1) == sorted.map(\.1).sorted(), "buckets are cumulative")
    #expect(sorted.last?.0 == .infinity)
    #expect(sorted.last?.1 == samples["\(name)_count"])
  }
}
