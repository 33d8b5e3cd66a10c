// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ReportFileTests {
  private func mode(_ path: String) throws -> mode_t {
    var status = stat()
    guard stat(path, &status) == 0 else { throw SystemCallFailure("stat", path) }
    return status.st_mode & 0o777
  }

  @Test("the file is put in the place of the one before, with nothing left beside it")
  func replaced() throws {
    let directory = try TemporaryDirectory()
    let name = directory.path("report.html")
    for text in ["the first, which is longer", "the second"] {
      try ReportFile.write(Array(text.utf8), to: name)
      #expect(try FileSystem.read(name) == Array(text.utf8))
    }
    #expect(try FileSystem.names(in: directory.path("")) == ["report.html"])
  }

  @Test("who may not read the page that was there may not read the new one")
  func closed() throws {
    let directory = try TemporaryDirectory()
    let name = directory.path("report.html")
    try ReportFile.write([1], to: name)
    #expect(try mode(name) & 0o600 == 0o600)
    try FileSystem.setMode(name, 0o600)
    try ReportFile.write([2], to: name)
    #expect(try mode(name) == 0o600)
    #expect(try FileSystem.read(name) == [2])
  }

  @Test("files of others beside the page stay, and nothing that was put there is followed")
  func others() throws {
    let directory = try TemporaryDirectory()
    let (name, other) = (directory.path("report.html"), directory.path("other"))
    for path in [other, "\(name).part"] { try FileSystem.write([7], to: path) }
    try FileSystem.makeSymbolicLink(at: directory.path(".report.html.new"), to: other)
    try ReportFile.write([1, 2], to: name)
    #expect(try FileSystem.read(name) == [1, 2])
    for path in [other, "\(name).part"] { #expect(try FileSystem.read(path) == [7]) }
    #expect(!FileSystem.exists(directory.path(".report.html.new")))
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
    #expect(try FileSystem.names(in: directory.path("")) == ["taken"])
  }

  @Test("a link is written through and stays")
  func link() throws {
    let directory = try TemporaryDirectory()
    try FileSystem.write([7], to: directory.path("page"))
    try FileSystem.makeSymbolicLink(at: directory.path("link"), to: directory.path("page"))
    try ReportFile.write([1, 2], to: directory.path("link"))
    #expect(try FileSystem.read(directory.path("page")) == [1, 2])
  }
}
