// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Documents

@Suite("Members", .timeLimit(.minutes(10)))
struct MemberTests {
  @Test("a line is called by its number, and a damaged one is told of")
  func lines() {
    let cut = CutMembers(
      """
      \u{FEFF}{"text": "one two three four"}\r
      \r

      {"text": "broken
      not JSON at all
        {"headline": "A heading of words", "body": "five six seven"}
      ["several words of a list"]
      {"text": "the last without an end"}
      """, .jsonLines)
    #expect(cut.names == [1, 4, 5, 6, 7, 8].map { "line \($0)" })
    #expect(cut.members.map(\.words) == [4, nil, nil, 7, 5, 5])
    #expect(cut.members.map(\.cause) == [nil, .unreadable, .unreadable, nil, nil, nil])
    #expect(cut.members[0].bytes == "{\"text\": \"one two three four\"}")
    #expect(cut.members[3].title == "A heading of words")
  }

  @Test("an item is called by its identifier or address, and has what the feed says for all")
  func items() throws {
    let feed = """
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
      <title>A feed of several</title><id>feed</id><updated>2024-01-01T00:00:00Z</updated>
      <entry><id>tag:a,1</id><title>The first of them</title>
      <updated>2024-03-05T00:00:00Z</updated><link href="https://www.a.example/x?a=1&amp;b=2"/>
      <content>one two three</content></entry>
      <entry><title>The second</title><link rel="alternate" href="https://a.example/y&amp;z"/>
      <source><id>other</id></source><content>four five</content></entry>
      <entry><title>The third</title><content>six seven</content></entry>
      <entry><id><![CDATA[ tag:a,1 ]]></id><content>again the first</content></entry>
      <entry/>
      <entry><id>x</id><content>cut off
      <entry><id>y</id><content>the last one</content></entry>
      </feed>
      """
    let cut = CutMembers(feed, .feed)
    #expect(
      cut.names == ["tag:a,1", "https://a.example/y&z", "item 3", "tag:a,1 (2)", "x", "y"])
    #expect(cut.members.map(\.cause) == [nil, nil, nil, nil, .unreadable, nil])
    #expect(cut.members[0].bytes.hasPrefix("<entry>") && cut.members[0].bytes.hasSuffix("</entry>"))
    #expect(cut.members[0].title == "The first of them")

    var said: DocumentDescription?
    var documents = DocumentReader()
    var reader = MemberReader(.feed, limit: 1 << 20)
    Array(feed.utf8).withUnsafeBytes { feed in
      var start = 0
      while said == nil {
        let rest = UnsafeRawBufferPointer(rebasing: feed[start...])
        switch reader.next(in: rest, isLast: true) {
        case .passed(let count, _): start += count
        case .member(let member):
          let bytes = UnsafeRawBufferPointer(rebasing: rest[member.bytes])
          if case .document(let text) = documents.read(bytes, as: member.layout) {
            said = text.description
          }
        case .more, .end: return
        }
      }
    }
    #expect(said?.published == "2024-03-05T00:00:00Z")
    #expect(said?.language == "de")
    #expect(said?.source == "a.example")
  }

  @Test("an item of RSS 1.0 and of another encoding")
  func otherFeeds() {
    let rdf = """
      <rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel rdf:about="c"><title>C</title></channel>
      <item rdf:about="https://b.example/1"><title>The first</title></item>
      <item><title>The second</title><link>https://b.example/2</link></item></rdf:RDF>
      """
    #expect(CutMembers.format(rdf) == .feed)
    #expect(CutMembers(rdf, .feed).names == ["https://b.example/1", "https://b.example/2"])
    let head = Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><channel>".utf8)
    let item = Array("<item><title>Caf".utf8) + [0xE9] + Array(" au lait</title></item>".utf8)
    let cut = CutMembers(head + item + item, .feed)
    #expect(cut.members.map(\.title) == ["Café au lait", "Café au lait"])
  }

  @Test("no two members have one name, whatever they call themselves")
  func names() {
    let names = ["a", "a (2)", "a", "a", nil, "item 6", nil, "a (2)", "b\nc\0d", ""]
    let items = names.map { name in
      "<item>" + (name.map { "<guid>\($0)</guid>" } ?? "") + "<title>A title</title></item>"
    }
    let cut = CutMembers("<rss>\(items.joined())</rss>", .feed)
    #expect(
      cut.names == [
        "a", "a (2)", "a (3)", "a (4)", "item 5", "item 6", "item 7", "a (2) (2)", "b c d",
        "item 10",
      ])
    let later = CutMembers("<rss>\(items[5])\(items.joined())</rss>", .feed)
    #expect(Set(later.names).count == later.names.count)
  }

  @Test("what is looked for in a member is not looked for in all that follows")
  func linear() {
    // Of each of these something is missing that is only searched for in its own bytes.
    let items = String(repeating: "<item><link><guid></item>", count: 20_000)
    #expect(CutMembers("<rss>\(items)</rss>", .feed).members.count == 20_000)
    let mails = String(repeating: "From a\nMessage-ID: none\nA: b\n\n\n", count: 20_000)
    #expect(CutMembers(mails, .mailbox).members.count == 20_000)
  }

  @Test("a mail is called by its Message-ID, and a line of its text ends none")
  func mails() {
    let cut = CutMembers(SampleContainer.mailbox(2), .mailbox)
    #expect(cut.names == ["1@example.org", "2@example.org"])
    #expect(cut.members.allSatisfy { $0.bytes.hasPrefix("From: sender@example.org\n") })
    #expect(cut.members.allSatisfy { $0.bytes.hasSuffix("From here on it is the same mail.\n") })
    let windows = SampleContainer.mailbox(3).replacing("\n", with: "\r\n")
    #expect(CutMembers(windows, .mailbox).names.count == 3)
  }

  @Test("the pages of an archive are members, and what is about them is not")
  func pages() {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    let cut = CutMembers(
      SampleContainer.record("warcinfo", "", "software: a crawler")
        + SampleContainer.record("request", "https://a.example/1", "GET / HTTP/1.1\r\n\r\n")
        + SampleContainer.record("response", "https://a.example/1", page + "\r\n<p>one two</p>")
        + SampleContainer.record(
          "response", "https://a.example/2",
          page + "Transfer-Encoding: chunked\r\n\r\n"
            + "4\r\n<p>o\r\n9;x\r\nne two 3</\r\n2\r\np>\r\n0\r\n\r\n")
        + SampleContainer.record("conversion", "https://a.example/1", "three four five")
        + SampleContainer.record(
          "response", "https://a.example/3",
          "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u{89}PNG")
        + SampleContainer.record(
          "response", "https://a.example/4",
          "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nno")
        + SampleContainer.record(
          "response", "https://a.example/5", page + "Content-Encoding: br\r\n\r\nxyz"),
      .webArchive)
    #expect(
      cut.names == ["1", "2", "1 (2)", "3", "4", "5"].map { "https://a.example/\($0)" })
    #expect(cut.members.map(\.words) == [2, 3, 3, nil, nil, nil])
    #expect(
      cut.members.map(\.cause) == [nil, nil, nil, .binary, .unreadable, .noExtractor])
    #expect(cut.members[0].bytes == "<p>one two</p>")
  }

  @Test("a record of a wrong length is told of, and the rest goes on", arguments: [-4, 4, 9_999])
  func wrongLength(_ error: Int) {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>one two</p>"
    let cut = CutMembers(
      SampleContainer.record("response", "https://a.example/1", page)
        + SampleContainer.record(
          "response", "https://a.example/2", page, length: page.utf8.count + error)
        + "stray bytes\r\n"
        + SampleContainer.record("response", "https://a.example/3", page)
        + SampleContainer.record("response", "https://a.example/4", page).dropLast(9),
      .webArchive)
    #expect(cut.names == (1...4).map { "https://a.example/\($0)" })
    #expect(cut.members.map(\.cause) == [nil, .unreadable, nil, .unreadable])
  }
}
