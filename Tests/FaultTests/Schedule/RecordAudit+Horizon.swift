// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

extension RecordAudit {
  private static let day = 86_400.0

  /// Nothing within the window expires, whatever the clock does for a while, and no more documents
  /// live than there may be.
  static func problems(
    _ lines: [ClusterLogLine], window: Int?, documents: Int
  ) -> [String] {
    var problems: [String] = []
    var now: Double?
    var times: [Double] = []
    // What was forgotten takes no part already.
    var removed: Set<Int> = []
    var through = 0
    for line in lines {
      if line.isAssigned, let time = seconds(line) {
        // A clock that is further ahead is believed a day later.
        now = now.map { time > $0 + day ? $0 : max($0, time) } ?? time
        times.append(now ?? time)
        if documents > 0, times.count - through > documents {
          problems.append("\(times.count - through) documents live at record \(line.sequence)")
        }
      }
      if line.event == "removed", let document = line.document { removed.insert(document) }
      guard line.event == "expired" else { continue }
      let before = through
      through = line["through"]?.integer ?? 0
      guard through < times.count, let now else {
        problems.append("record \(line.sequence) lets go what never was")
        continue
      }
      if line["because"]?.string != "window" { continue }
      guard let last = (before + 1..<through + 1).last(where: { !removed.contains($0) }) else {
        continue
      }
      if times[last - 1] + Double(window ?? 0) * 3_600 >= now || window == nil {
        problems.append("document \(last) expires within the window")
      }
    }
    return problems
  }

  private static func seconds(_ line: ClusterLogLine) -> Double? {
    let numbers = (line["time"]?.string ?? "").split { !$0.isNumber }.compactMap { Int32($0) }
    guard numbers.count == 7 else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (numbers[0] - 1_900, numbers[1] - 1, numbers[2])
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (numbers[3], numbers[4], numbers[5])
    return Double(timegm(&parts)) + Double(numbers[6]) / 1e6
  }
}
