// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct HiddenHomeTests {
  private func remedy(_ path: String, isService: Bool = true, searchable: String = "") -> String? {
    HiddenHome(isService: isService) { $0 == searchable }.remedy(for: Array(path.utf8))
  }

  @Test(arguments: ["/home/desk/out", "/root" + "/drop", "/run/user/1000/drop"])
  func aServiceThatMayNotLookThereIsToldOfTheDropIn(_ path: String) throws {
    let said = try #require(remedy(path))
    #expect(said.contains("ProtectHome="))
    #expect(said.contains("home.conf"))
    #expect(remedy(path, isService: false) == nil)
  }

  @Test func whatIsNotHiddenIsAMatterOfPermissions() {
    #expect(remedy("/home/desk/out", searchable: "/home") == nil)
    #expect(remedy("/homes/desk/out") == nil)
    #expect(remedy("/srv/home/out") == nil)
  }
}
