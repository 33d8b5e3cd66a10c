// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct TOMLDocumentTests {
  @Test func takesAFileApart() throws {
    let toml = """
      text = "x"
      number = 5
      real = 0.5
      flag = true
      list = ["a", "b"]
      none = []
      mixed = ["a", 1]
      [section]
      [other]
      inner.key = 1
      """
    let leaves = try TOMLDocument(Array(toml.utf8), name: "t").leaves
    let expected: [[String]: TOMLDocument.Leaf] = [
      ["text"]: .value(.string("x")), ["number"]: .value(.int(5)),
      ["real"]: .value(.double(0.5)), ["flag"]: .value(.bool(true)),
      ["list"]: .value(.stringArray(["a", "b"])), ["none"]: .value(.stringArray([])),
      ["mixed"]: .foreign("a list of other things"), ["section"]: .foreign("a table"),
      ["other", "inner", "key"]: .value(.int(1)),
    ]
    #expect(leaves == expected)
  }

  @Test(arguments: [
    ("a = 1\nb = ", 2), ("a = 1\na = 2", 2), ("[drop\n", 1), ("\n\nsettle = 200ms", 3),
    ("a = \"x\nb = 1", 1), ("a = \"x\0y\"", 1), ("a = 1\nb = \"\\u0000\"", 2),
    ("a = '''\n\n\"\\u0000'''\n\nb = \"x\\U00000000\"", 5),
  ])
  func errorsCarryTheLine(toml: String, line: Int) {
    let error = #expect(throws: ConfigurationError.self) {
      try TOMLDocument(Array(toml.utf8), name: "n.toml")
    }
    #expect(error?.line == line)
    #expect(error?.file == "n.toml")
    #expect(error?.reason.isEmpty == false)
  }

  @Test func textOutsideUTF8IsRefusedWithItsLine() {
    let error = #expect(throws: ConfigurationError.self) {
      try TOMLDocument(Array("a = 1\nb = \"".utf8) + [0xE9] + Array("\"\n".utf8), name: "n.toml")
    }
    #expect(error?.description == "n.toml:2: not valid UTF-8")
  }

  /// TOMLKit's parser asserts that a key follows the bracket: the process would end.
  @Test(
    arguments: ["[=]", "[.a]", "[ \n]", "[[#", "[é]", "[[[a]]]", "[[ [a]]", "[\r\n", "[,", "[{"])
  func aTableHeaderWithoutAKeyIsAnErrorAndNotACrash(header: String) {
    let toml = "a = [\n  [\"x\"],\n]\nb = \"\"\"\n[=]\"\"\"\n[c]\n" + header
    let error = #expect(throws: ConfigurationError.self) {
      try TOMLDocument(Array(toml.utf8), name: "n.toml")
    }
    #expect(error?.description == "n.toml:7: expected the name of a table after \"[\"")
  }

  /// Likewise at a closing brace where an element of a list should be.
  @Test(arguments: ["[}", "[ 1,\n }]", "[[1], [ # x\n}]]", "{ x = [}"])
  func aListWithABraceIsAnErrorAndNotACrash(value: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try TOMLDocument(Array("a = 1\nb = \(value)\n".utf8), name: "n.toml")
    }
    let lines = value.prefix { $0 != "}" }.count { $0 == "\n" }
    #expect(error?.description == "n.toml:\(lines + 2): expected a value or \"]\", saw \"}\"")
  }

  /// Likewise at much that begins like a date or a time.
  @Test(
    arguments: [
      "2020-01-01 5", "[2020-01-01 5]", "{ x = 2020-01-01 5}", "2020_-99-99 0 # x",
      "1-1--_11-11 0\t", "2020-01-01 0\u{A0}", "2020-01-01 5\r", "2020-01-0n 5]",
      "2020-01-01text00:08-?--08-z=e-=0-0", "1:", "00:0", "2é20-;1-01 5",
      "2020-01-01", "10:00:00", "[1, 2020-01-01T10:00:00Z]",
    ])
  func aDateIsAnErrorAndNotACrash(value: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try TOMLDocument(Array("a = 1\nb = \(value)\n".utf8), name: "n.toml")
    }
    let reason = "no key takes a date or a time; put text into quotes"
    #expect(["b", "b.x"].map { "n.toml:2: \($0): \(reason)" }.contains(error?.description))
  }

  @Test(arguments: ["1e-5", "1.5E-3", "-5", "+5", "1_000", "0xE5", "\"2020-01-01\"", "['1:2']"])
  func numbersAndTextAreNoDates(value: String) throws {
    let leaves = try TOMLDocument(Array("b = \(value)\n".utf8), name: "t").leaves
    #expect(Set(leaves.keys) == [["b"]])
  }

  @Test(
    arguments: ["[", "[[", "[ [a]]", "[]", "[[]]", "[ ]", "[\"", "[a.=]", "[a", "[[ a ] ]", "[']"])
  func otherBrokenHeadersAreLeftToTheParser(header: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try TOMLDocument(Array("a = 1\n\(header)".utf8), name: "n.toml")
    }
    #expect(error?.line == 2)
    #expect(error?.description.contains("Error while parsing") == true)
  }

  @Test func whatIsWrongBeforeAHeaderIsToldFirst() {
    let error = #expect(throws: ConfigurationError.self) {
      try TOMLDocument(Array("a = 1\na = 2\n[=]".utf8), name: "n.toml")
    }
    #expect(error?.line == 2)
  }

  @Test func headersMayBeSpacedAndQuoted() throws {
    let toml = "[ a ]\nb = 1\n[\t'c d'.\"e\"]\nf = 2\n[-_9]\ng = 3\n"
    let leaves = try TOMLDocument(Array(toml.utf8), name: "t").leaves
    #expect(Set(leaves.keys) == [["a", "b"], ["c d", "e", "f"], ["-_9", "g"]])
  }

  @Test func endlessNestingIsAnErrorAndNotACrash() {
    let toml = "a = " + String(repeating: "[", count: 100_000)
    #expect(throws: ConfigurationError.self) {
      try TOMLDocument(Array(toml.utf8), name: "n.toml")
    }
  }
}
