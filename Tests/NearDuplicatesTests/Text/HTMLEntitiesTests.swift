// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct HTMLEntitiesTests {
  @Test(
    arguments: [
      ("amp", 0x26), ("apos", 0x27), ("eacute", 0xE9), ("Eacute", 0xC9), ("nbsp", 0xA0),
      ("thetasym", 0x3D1), ("euro", 0x20AC), ("frac12", 0xBD), ("hearts", 0x2665), ("ni", 0x220B),
      ("EACUTE", nil), ("am", nil), ("x", nil), ("", nil),
    ] as [(String, UInt32?)])
  func knowsTheNames(name: String, scalar: UInt32?) {
    let found = Array(name.utf8).withUnsafeBytes { HTMLEntities.shared.scalar(named: $0) }
    #expect(found == scalar)
  }
}
