// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(10)))
struct XMLReaderTests {
  @Test func newsIndustryTextFormat() {
    let read = ReadDocument.text(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <nitf version="-//IPTC//DTD NITF 3.5//EN"><head><title>Bridge shut</title><docdata>
      <doc-id id-string="mw-2026-00001"/><date.issue norm="20261129T113001Z"/>
      <doc.copyright holder="Meridian Wire" year="2026"/><key-list><keyword key="bridges"/>
      </key-list></docdata></head><body><body.head><hedline><hl1>Bridge shut</hl1></hedline>
      <distributor><org>Meridian Wire</org></distributor></body.head><body.content><block>
      <p>Engineers closed <location>Corran</location> Bridge on <chron n="x">Thursday</chron>.</p>
      <p>"We&#x27;re not going to gamble," said <person>Odette Marrable</person>.</p>
      </block></body.content></body></nitf>
      """, name: "story.xml")
    #expect(
      read?.fingerprint.tokens
        == ReadDocument.words(
          "Bridge shut\nEngineers closed Corran Bridge on Thursday.\n"
            + "\"We're not going to gamble,\" said Odette Marrable."))
    #expect(read?.description.title == "Bridge shut")
    #expect(read?.description.published == "2026-11-29T11:30:01Z")
    #expect(read?.description.source == "Meridian Wire")
  }

  /// Its summaries are taken out again then, and what is open begins behind what is left.
  @Test func anItemThatEndsWithinItsOwnText() {
    let read = ReadDocument.text(
      """
      <rss><<rss><channel><titlchannel><title>W<le>One</title><link>https://a.example/1</link>
      <pubDan, 29.example/1</link>
      <pubDate>Sun, 29 Nov 2026 11:31.:00 +0000</pubDate><descrt:encoded>&lt;p&gt;One \
      nel></r/title><item><title>One</title><link>e>W</title><i10-
      """, name: "feed.xml")
    #expect(read?.fingerprint.tokens.isEmpty == false)
  }

  @Test func newsML() {
    let read = ReadDocument.text(
      """
      <newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:x:1" xml:lang="en">
      <catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_36.xml"/>
      <rightsInfo><usageTerms>Not for redistribution anywhere</usageTerms></rightsInfo>
      <itemMeta><itemClass qcode="ninat:text"/><provider literal="Wire"/>
      <versionCreated>2026-06-11T10:15:00Z</versionCreated></itemMeta>
      <contentMeta><urgency>4</urgency><headline>Salary scandal</headline></contentMeta>
      <contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title>
      </head><body><p>Officials are <em>accused</em> of it.</p><p>They deny it.</p></body></html>
      </inlineXML></contentSet></newsItem>
      """)
    #expect(
      read?.fingerprint.tokens
        == ReadDocument.words("Salary scandal Officials are accused of it. They deny it."))
    #expect(read?.description.title == "Salary scandal")
    #expect(read?.description.published == "2026-06-11T10:15:00Z")
    #expect(read?.description.source == "Wire")
    #expect(read?.description.language == "en")
  }

  @Test func feedsAreTheirItems() {
    let read = ReadDocument.text(
      """
      <?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><description>Latest
      of all news</description><link>https://wire.example/</link><item><title>Salary scandal</title>
      <guid>353797</guid><link>https://www.wire.example/1</link>
      <pubDate>Sun, 29 Nov 2026 11:31:00 +0000</pubDate>
      <description>Officials are accused.</description>
      <content:encoded><![CDATA[<p>Officials are accused.</p><p>They &quot;deny&quot; it.</p>]]>
      </content:encoded></item></channel></rss>
      """)
    #expect(
      read?.fingerprint.tokens
        == ReadDocument.words("Salary scandal Officials are accused. They deny it."))
    #expect(read?.description.title == "Salary scandal")
    #expect(read?.description.published == "2026-11-29T11:31:00Z")
    let atom = ReadDocument.text(
      """
      <feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>Scandal</title>
      <id>urn:1</id><updated>2026-06-11T10:15:00Z</updated><author><name>Jo</name></author>
      <summary type="html">&lt;p&gt;Officials are &lt;b&gt;acc&lt;/b&gt;used.&lt;/p&gt;</summary>
      </entry></feed>
      """)
    #expect(
      atom?.fingerprint.tokens == ReadDocument.words("Scandal Jo Officials are accused."))
  }

  @Test(arguments: [
    ("<d>one <x>two</x> three</d>", "one two three"),
    ("<d><a1>on</a1><b1>off</b1></d>", "on off"),
    ("<d>fo<x>o</x>bar</d>", "foobar"),
    ("<d><!-- no --><?pi no?><t>a &amp; b &lt;HOV> &eacute; &mine; c</t></d>", "a, b hov é mine c"),
    ("<d><id1>4711-x</id1><when>2026-01-01</when><p>words of it</p></d>", "words of it"),
    ("<d><style>p {x}</style><p>words</p></d>", "words"),
    ("<d a='>'>words</e></d>", "words"), ("<d><p>words", "words"), ("<d>words</d", "words"),
  ])
  func anyOther(document: String, text: String) {
    #expect(
      ReadDocument.tokens("<?xml version='1.0'?>" + document) == ReadDocument.words(text))
  }

  @Test func entitiesThatADocumentDeclaresAreNotExpanded() {
    let bomb = """
      <?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha ha ha"><!ENTITY b "&a;&a;&a;&a;">]>
      <l>one &b; two</l>
      """
    #expect(ReadDocument.tokens(bomb) == ReadDocument.words("one b two"))
  }

  @Test(arguments: LegacyText.all)
  func isInTheEncodingThatItDeclares(text: LegacyText) {
    for encoding in text.encodings {
      let document = "<?xml version='1.0' encoding='\(encoding)'?><d><p>\(text.text)</p></d>"
      let bytes = LegacyText.bytes(document, in: encoding)
      #expect(ReadDocument.tokens(bytes) == ReadDocument.words(text.text), "\(encoding)")
    }
  }

  @Test func spaceBeforeManyElementsIsLookedAtOnce() {
    let space = String(repeating: " ", count: 300_000)
    let elements = String(repeating: "<b/>", count: 300_000)
    #expect(
      ReadDocument.tokens("<?xml version='1.0'?><d>\(space)\(elements)words</d>")
        == ReadDocument.words("words"))
  }

  @Test func nestingCostsNoStack() {
    let open = String(repeating: "<x>", count: 100_000)
    #expect(
      ReadDocument.tokens("<?xml version='1.0'?>\(open)deep words")
        == ReadDocument.words("deep words"))
  }
}
