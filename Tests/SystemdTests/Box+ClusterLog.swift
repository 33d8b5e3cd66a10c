// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

extension Box {
  /// Waits, without asking again and again, until the log has that many lines; answers them.
  @discardableResult
  func waitForLines(
    _ count: Int, of log: String = Box.clusterLog, within seconds: Int = 60
  ) throws -> [String] {
    let text = try shell(
      """
      timeout \(seconds) bash -c 'head -n \(count) <(tail -n +1 -F \(log) 2>/dev/null)'
      """, within: Double(seconds) + 30)
    return text.split(separator: "\n").map(String.init)
  }

  /// Waits until the journal of the unit has an entry with this text, one that was there included.
  func waitForJournal(
    _ text: String, of unit: String = "neardupd", within seconds: Int = 60
  ) throws {
    try shell(
      """
      timeout \(seconds) bash -c \
        'grep -qm1 -- "\(text)" <(journalctl --unit \(unit) --follow --lines=all)'
      """, within: Double(seconds) + 30)
  }

  /// Waits until something listens on a port of the box; nothing tells when it does.
  func waitForListener(at port: Int) throws {
    let attempt = "(exec 3<>/dev/tcp/127.0.0.1/\(port)) 2>/dev/null"
    try shell("timeout 20 bash -c 'until \(attempt); do sleep 0.1; done'")
  }

  /// Drops the five articles, each by a rename, as a delivering program should.
  func dropWireStory(into drop: String = Box.drop) throws {
    try shell(
      """
      cd \(Sources.wireStory)
      for file in *; do
        cp "$file" \(drop)/.part
        mv \(drop)/.part \(drop)/"$file"
      done
      """)
  }

  /// Drops files of words that nobody wrote, so that no two are alike.
  func dropMany(_ count: Int, prefix: String = "many") throws {
    try shell(
      """
      mkdir /var/spool/neardupd/\(prefix)
      awk -v count=\(count) -v place=/var/spool/neardupd/\(prefix) 'BEGIN {
        srand(7)
        for (number = 1; number <= count; number++) {
          name = place "/\(prefix)-" number ".txt"
          for (word = 0; word < 120; word++) printf "w%d ", int(rand() * 1e6) >name
          close(name)
        }
      }'
      mv /var/spool/neardupd/\(prefix) \(Box.drop)/\(prefix)
      """)
  }

  /// The lines, checked for what holds for every log: numbered from 1 without a gap.
  func hasNoGap(_ lines: [String]) -> Bool {
    lines.enumerated().allSatisfy { $0.element.contains("\"seq\":\($0.offset + 1),") }
  }
}
