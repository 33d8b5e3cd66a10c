// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Compare", .timeLimit(.minutes(10)))
struct CompareTests {
  private let places: Workplace

  init() throws { places = try Workplace() }

  private func write(_ text: some Sequence<UInt8>, _ name: String) throws -> String {
    try FileSystem.write(text, to: places.path(name))
    return places.path(name)
  }

  private func fixture(_ name: String) throws -> String {
    try write(Fixtures.wireStory(name), name)
  }

  private func compare(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> ProgramRun {
    try ProgramRun(
      ["compare", "--config", places.configuration] + arguments, environment: environment)
  }

  @Test("copies are near, and the texts stand side by side without colour in a pipe")
  func copies() throws {
    let run = try compare(
      "--width", "100", try fixture("a-site-copy.txt"), try fixture("d-shuffled.txt"))
    #expect(run.exitStatus == .exited(0))
    #expect(run.standardOutput.contains("verdict      near-duplicates: similarity"))
    #expect(run.standardOutput.contains("<1: "), "shuffled sentences have moved")
    #expect(!run.standardOutput.contains("\u{1B}"))
    #expect(run.standardError.isEmpty)
  }

  @Test("a sentence that moved with another word in it is one passage")
  func movedAndChanged() throws {
    let bridge = "The mayor opened the new bridge over the river on Friday morning."
    let quote = "It took eleven years longer than anybody had promised, she said."
    let ferry = "Ferries will run until the end of the month without charge."
    let first = try write([bridge, ferry, quote].joined(separator: "\n\n").utf8, "first")
    let moved = quote.replacing("years", with: "months")
    let second = try write([moved, bridge, ferry].joined(separator: "\n\n").utf8, "second")
    let shown = try compare("--inline", first, second).standardOutput
    #expect(shown.contains("<+1: It took eleven {+months+} longer"))
    #expect(shown.contains("<-1: It took eleven [-years-] longer"))
    #expect(!shown.contains("2: "))
    let report = try JSONValue(parsing: compare("--json", first, second).standardOutput.utf8)
    let passages = try #require(report["passages"]?.array)
    let arriving = passages.filter { $0["kind"]?.string == "arriving" }
    #expect(arriving.count == 1)
    let change = try #require(arriving.first?["changes"]?.array?.first)
    #expect(change["first"]?["text"]?.string == "years ")
    #expect(change["second"]?["text"]?.string == "months ")
  }

  @Test("another agency's article is not near: 1")
  func apart() throws {
    let run = try compare(
      "--brief", try fixture("b-long-copy.txt"), try fixture("e-other-agency.txt"))
    #expect(run.exitStatus == .exited(1))
    #expect(run.standardOutput.contains("not near-duplicates"))
  }

  @Test("the threshold in force decides")
  func threshold() throws {
    let names = (try fixture("a-site-copy.txt"), try fixture("c-spun.txt"))
    #expect(try compare("--brief", names.0, names.1).exitStatus == .exited(0))
    try places.configure(["detection": "threshold = 1"])
    #expect(try compare("--brief", names.0, names.1).exitStatus == .exited(1))
  }

  @Test("HTML and UTF-16 are read as the daemon reads them")
  func formats() throws {
    let text = "The mayor opened the new bridge over the river on Friday morning, she said."
    let page =
      "<!doctype html><script>x()</script><p>\(text.replacing("on", with: "o<b>n</b>"))</p>"
    let wide: [UInt8] = text.utf16.reduce(into: [0xFF, 0xFE]) { bytes, unit in
      bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
    let run = try compare(
      "--json", try write(page.utf8, "a"), try write(wide, "b"))
    let report = try JSONValue(parsing: run.standardOutput.utf8)
    #expect(report["verdict"]?.string == "same-words")
    #expect(report["passages"]?.array?.count == 1)
    #expect(report["passages"]?.array?.first?["second"]?["text"]?.string == text)
    #expect(report["first"]?["containment"]?.number == 1)
  }

  @Test("the passages of the JSON give both texts")
  func passages() throws {
    let run = try compare(
      "--json", try fixture("a-site-copy.txt"), try fixture("d-shuffled.txt"))
    let report = try JSONValue(parsing: run.standardOutput.utf8)
    let passages = try #require(report["passages"]?.array)
    for (side, name) in [("first", "a-site-copy.txt"), ("second", "d-shuffled.txt")] {
      let text = passages.compactMap { $0[side]?["text"]?.string }.joined()
      #expect(try Array(text.utf8) == Fixtures.wireStory(name))
    }
    let brief = try compare(
      "--json", "--brief", try fixture("a-site-copy.txt"), try fixture("d-shuffled.txt"))
    #expect(try JSONValue(parsing: brief.standardOutput.utf8)["passages"] == nil)
  }

  @Test("texts and names cannot steer the terminal")
  func hostile() throws {
    let bad = try write("Some \u{1B}]0;owned\u{7} words here".utf8, "bad\u{1B}[2J")
    let run = try compare(bad, try write("Some other words here".utf8, "good"))
    #expect(!run.standardOutput.contains("\u{1B}"))
    #expect(!run.standardOutput.contains("\u{7}"))
    #expect(run.standardOutput.contains("bad\\e[2J"))
    // DEL and the controls beyond ASCII, which JSON need not escape.
    let hidden = try write("Some \u{9B}2J\u{7F} words here".utf8, "hidden\u{9B}2J\u{7F}")
    let json = try compare("--json", hidden, bad).standardOutput
    #expect(
      json.unicodeScalars.allSatisfy {
        $0 == "\n" || $0.properties.generalCategory != .control
      })
    #expect(try JSONValue(parsing: json.utf8)["first"]?["file"]?.string == hidden)
  }

  @Test("what is no text ends with 2 and says why")
  func trouble() throws {
    let text = try fixture("a-site-copy.txt")
    for (bytes, reason) in [([0x61, 0, 0x62], "binary"), ([0x20], "empty")] as [([UInt8], String)] {
      let run = try compare(text, try write(bytes, "x"))
      #expect(run.exitStatus == .exited(2))
      #expect(run.standardError.contains(reason))
      #expect(run.standardOutput.isEmpty)
    }
    let missing = try compare(text, places.path("missing"))
    #expect(missing.exitStatus == .exited(2))
    #expect(missing.standardError.contains("No such file"))
    #expect(try compare("-", "-").exitStatus == .exited(64))
  }
}
