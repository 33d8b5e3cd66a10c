// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct TOMLKeyLinesTests {
  @Test(arguments: [
    ("a = 1\nb = 2", ["b"], 2),
    ("\u{FEFF}a = 1\nb = 2", ["a"], 1),
    ("a = 1\r\nb = 2\r\n", ["b"], 2),
    ("# a = 1\n\n\na = 2", ["a"], 4),
    ("[drop]\n\nsettle = \"1s\"", ["drop", "settle"], 3),
    ("[drop]\n\nsettle = \"1s\"", ["drop"], 1),
    ("  [ drop . inner ] # c\n k = 1", ["drop", "inner", "k"], 2),
    ("drop.settle = \"1s\"\ndrop.recursive = true", ["drop", "recursive"], 2),
    ("drop.settle = \"1s\"\ndrop.recursive = true", ["drop"], 1),
    ("\"drop\".'settle' = 1", ["drop", "settle"], 1),
    ("'a.b' = 1\nc = 2", ["a.b"], 1),
    ("a = [\n 'x', # ]\n \"]\",\n]\nb = 1", ["b"], 5),
    ("a = \"\"\"\nb = 3\n\\\"\"\"\"\"\nb = 1", ["b"], 4),
    ("a = '''\nb = 3\n'''\nb = 1", ["b"], 4),
    ("a = \"\"\nb = ''\nc = 1", ["c"], 3),
    ("a = \"x\\\\\"\nb = 1", ["b"], 2),
    ("a = { x = 1, y = { z = 2 } }\nb = 1", ["a", "y", "z"], 1),
    ("a = { x = 1, y = { z = 2 } }\nb = 1", ["b"], 2),
    ("[[list]]\nx = 1\n[[list]]\ny = 2", ["list", "y"], 4),
    ("a = [[1, 2], [3,\n4]]\nb = 1", ["b"], 3),
  ])
  func findsTheLineOfAKey(toml: String, key: [String], line: Int) throws {
    // The scanner only ever sees what parses.
    let document = try TOMLDocument(Array(toml.utf8), name: "t")
    #expect(document.lines[key] == line)
  }

  @Test func absentKeyHasNoLine() {
    #expect(TOMLKeyLines(Array("a = 1".utf8))[["b"]] == nil)
  }

  @Test func everyLeafOfAFileHasALine() throws {
    let toml = """
      a.b = [ 1, 2 ]
      [x]
      y = { z = "#", "w" = 'q' }
      [x.v]
      long = '''
      u = 1'''
      empty = {}
      """
    let document = try TOMLDocument(Array(toml.utf8), name: "t")
    #expect(document.leaves.count == 5)
    for key in document.leaves.keys {
      #expect(document.lines[key] != nil, "\(key)")
    }
  }

  @Test func endsOnAnything() {
    // What does not parse never gets here; still nothing may hang or run over the end.
    var random = SeededGenerator(seed: 3)
    let alphabet = Array("[]{}\"'=.,#\\\n \r\u{FEFF}a1é".utf8)
    for _ in 0..<5000 {
      let count = Int.random(in: 0...40, using: &random)
      let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      _ = TOMLKeyLines(bytes)
    }
  }
}
