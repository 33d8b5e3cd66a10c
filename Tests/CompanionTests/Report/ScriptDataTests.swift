// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ScriptDataTests {
  private static let hostile = [
    "</script><script>alert(1)</script>", "<!--", "]]>", "&lt;", "\"quoted\" \\ \u{2028}\n", "日本",
  ]

  @Test("nothing in a value ends the element that it stands in, and it is the same value")
  func contained() throws {
    var json: [UInt8] = [UInt8(ascii: "{")]
    json.append(column: "names", Self.hostile)
    json.append(UInt8(ascii: "}"))
    let contained = ScriptData.contained(json)
    #expect(!contained.contains { [UInt8(ascii: "<"), UInt8(ascii: ">")].contains($0) })
    let names = try JSONValue(parsing: contained)["names"]?.array?.compactMap(\.string)
    #expect(names == Self.hostile)
  }

  @Test("columns are lists, also empty ones and of numbers below zero")
  func columns() throws {
    var json: [UInt8] = [UInt8(ascii: "{")]
    json.append(column: "none", [Int]())
    json.append(column: "some", [-5, 0, Int64.max])
    json.append(UInt8(ascii: "}"))
    #expect(String(decoding: json, as: UTF8.self) == #"{"none":[],"some":[-5,0,\#(Int64.max)]}"#)
  }

  @Test("markup is text in an element and in an attribute")
  func markup() {
    #expect(ScriptData.markup("<a b='\"&'>") == "&lt;a b=&#39;&quot;&amp;&#39;&gt;")
  }
}
