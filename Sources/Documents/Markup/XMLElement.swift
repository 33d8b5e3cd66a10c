// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What an element of the formats that texts are delivered in is for.
enum XMLElement {
  /// The words around it go on: it is part of a sentence.
  case inline
  case lineBreak
  /// Sets its content off.
  case block
  /// What it holds is not text: codes, names of tools, rights, style.
  case data
  /// The same, but what it says of the document is wanted.
  case header
  case headline
  case title
  case published
  case source
  case language
  /// An address: that of the document where it says so.
  case link
  /// One of several documents in a feed.
  case item
  /// The text of an item, beside which its summary says nothing new.
  case content
  case summary

  static let known = MarkupName.table([
    (
      XMLElement.inline,
      """
      a abbr acronym b bdo big cite code em emphasis font i kbd q s samp small span strike strong \
      sub sup tt u var wbr person org location chron event function money num object.title \
      pronounce virtloc classifier copyrite copyrite.holder copyrite.year alt-code foreign phrase \
      link-inline ulink quote literal firstterm application command filename userinput xref \
      citetitle hi ref name placename persname rs term emph
      """
    ),
    (.lineBreak, "br lb"),
    (
      .block,
      """
      p para div li td th tr h1 h2 h3 h4 h5 h6 hl2 hedline blockquote section sect1 sect2 sect3 \
      chapter block body article figure caption figcaption pre simpara dd dt note bq ab head.text
      """
    ),
    (
      .data,
      """
      script style guid id category generator ttl docs cloud rating skiphours skipdays textinput \
      image logo icon uri email url loc keyword keywords rights copyright comments enclosure \
      thumbnail itemref rightsinfo partmeta catalogref catalog assert signal indexterm doc-id \
      urgency fixture key-list tobject revision-history slugline subject genre managinged \
      managingeditor webmaster creditline copyrightline keywordline newsmanagement
      rightsmetadata administrativemetadata usageterms journal-meta contrib-group ref-list version edition isbn issn biblioid \
      revhistory teiheader
      """
    ),
    (
      .header,
      """
      head docdata pubdata itemmeta contentmeta identified-content info articleinfo bookinfo meta \
      article-meta descriptivemetadata
      """
    ),
    (.headline, "headline hl1 article-title"), (.title, "title"),
    (
      .published,
      """
      pubdate published date date.issue datepublished contentcreated versioncreated firstcreated \
      updated publicationdate issued
      """
    ),
    (.source, "provider distributor publisher publishername doc.copyright copyrightholder source"),
    (.language, "language lang"), (.link, "link"), (.item, "item entry"),
    (.content, "encoded content fulltext"), (.summary, "description summary excerpt"),
  ])

  /// Whether it says something of the document rather than being a part of it.
  var isFact: Bool {
    switch self {
    case .data, .title, .published, .source, .language, .link, .summary, .content: true
    case .inline, .lineBreak, .block, .header, .headline, .item: false
    }
  }

  /// Attributes that hold what the element says.
  static let values: [StaticString] = ["norm", "literal", "holder", "name", "content"]
}
