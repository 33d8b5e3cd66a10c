// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct HeadlinesTests {
  private func headline(_ text: String, named name: String, size: Int? = nil) throws -> String? {
    let record = Records.assigned(1, name)
    let scene = try ResultScene([record])
    try FileSystem.write(Array(text.utf8), to: scene.drop + "/" + name)
    var collection = try scene.source().collection
    var document = try #require(collection[1])
    document.bytes = size ?? text.utf8.count
    collection.setDrops([document.drop: Array(scene.drop.utf8)])
    var headlines = Headlines(collection)
    return headlines.headline(of: document)
  }

  @Test("a page has its title, a text its first sentence")
  func titles() throws {
    let page = "<!doctype html><title>Harbour bridge closed</title><p>Drivers have to wait."
    #expect(try headline(page, named: "a.html") == "Harbour bridge closed")
    let text = """
      NEWS

      Home News
      The harbour bridge of Aldmere stays closed until May. Nobody knows why.

      """
    let found = try headline(text, named: "b.txt")
    #expect(found?.hasPrefix("The harbour bridge of Aldmere stays closed until May.") == true)
  }

  @Test("a file that is another one now says nothing of the document")
  func changed() throws {
    #expect(try headline("Another text is here now.", named: "c.txt", size: 7) == nil)
  }

  @Test("a long sentence is cut behind a word")
  func long() {
    let text = Array(repeating: "word", count: 60).joined(separator: " ")
    let cut = Headlines.shortened(text)
    #expect(cut?.hasSuffix("word…") == true)
    #expect((cut?.count ?? 0) <= 120)
  }

  @Test("no sentence is where no word is")
  func none() { #expect(Headlines.firstSentence(" \n\n ") == nil) }
}
