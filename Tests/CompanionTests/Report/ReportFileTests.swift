// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Companion

struct ReportFileTests {
  @Test("the file is put in the place of the one before, with nothing left beside it")
  func replaced() throws {
    let directory = try TemporaryDirectory()
    let name = directory.path("report.html")
    for text in ["the first, which is longer", "the second"] {
      try ReportFile.write(Array(text.utf8), to: name)
      #expect(try FileSystem.read(name) == Array(text.utf8))
    }
    #expect(!FileSystem.exists("\(name).part"))
  }

  @Test("what cannot be created is named, and ends with 73")
  func refused() throws {
    let directory = try TemporaryDirectory()
    let failure = #expect(throws: CommandFailure.self) {
      try ReportFile.write([1], to: directory.path("none/report.html"))
    }
    #expect(failure?.exitStatus == 73)
    #expect(failure?.description.contains("none/report.html") == true)
    let taken = try directory.makeDirectory("taken")
    #expect(throws: CommandFailure.self) { try ReportFile.write([1], to: taken) }
    #expect(!FileSystem.exists("\(taken).part"))
  }

  @Test("a link is written through and stays")
  func link() throws {
    let directory = try TemporaryDirectory()
    try FileSystem.write([7], to: directory.path("page"))
    #expect(symlink(directory.path("page"), directory.path("link")) == 0)
    try ReportFile.write([1, 2], to: directory.path("link"))
    #expect(try FileSystem.read(directory.path("page")) == [1, 2])
  }
}
