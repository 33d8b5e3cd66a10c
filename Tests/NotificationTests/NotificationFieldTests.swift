// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Systemd
import Testing

@Suite("Notification field", .timeLimit(.minutes(10)))
struct NotificationFieldTests {
  @Test("a status is one line that cannot pass for another assignment")
  func oneLine() {
    #expect(
      NotificationField.status("a\nREADY=1\r\u{0}b\u{1B}[31m\u{2028}c").line
        == "STATUS=a READY=1  b [31m c")
    #expect(NotificationField.status("Überblick – 日本").line == "STATUS=Überblick – 日本")
  }

  @Test("a long status is cut between characters, well below systemd's limit")
  func long() {
    let line = NotificationField.status(String(repeating: "日本", count: 5000)).line
    #expect(line.utf8.count < 1100)
    #expect(line.hasSuffix("…"))
    #expect(!line.contains("\u{FFFD}"))
  }

  @Test(
    "durations are whole microseconds, never negative, never too large",
    arguments: [
      (Duration.seconds(30), "30000000"), (.nanoseconds(1999), "1"), (.seconds(-5), "0"),
      (.seconds(Int64.max), "18446744073709551615"),
    ])
  func durations(duration: Duration, text: String) {
    #expect(NotificationField.extendTimeout(duration).line == "EXTEND_TIMEOUT_USEC=" + text)
  }
}
