// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Systemd

@Suite("Journal field name", .timeLimit(.minutes(10)))
struct JournalFieldNameTests {
  @Test(
    "follows the journal's rules and takes no field of systemd's",
    arguments: [
      ("neardupd.path", "NEARDUPD_PATH"), ("path", "NEARDUPD_PATH"), ("errno", "ERRNO"),
      ("neardupd.cluster-similarity", "NEARDUPD_CLUSTER_SIMILARITY"),
      ("MESSAGE", "NEARDUPD_MESSAGE"),
      ("_PID", "NEARDUPD__PID"), ("1", "NEARDUPD_1"), ("größe", "NEARDUPD_GR__E"),
      ("", "NEARDUPD_"), ("a=b\n", "NEARDUPD_A_B_"),
    ])
  func names(key: String, name: String) {
    #expect(JournalFieldName.from(metadataKey: key) == name)
  }

  @Test("is 64 characters at most")
  func length() {
    let name = JournalFieldName.from(metadataKey: String(repeating: "k", count: 100))
    #expect(name.count == 64)
  }
}
