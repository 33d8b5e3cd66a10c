// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the value of a key is, by the names that publishers and schema.org give it.
enum JSONKey: Sendable {
  case headline
  case body
  /// A lead or description, which says nothing new beside a body.
  case summary
  case published
  case source
  case address
  case language

  /// The name that a key is looked up by: "_", "-" and capitals make no difference.
  static func name(_ key: [UInt8]) -> MarkupName {
    MarkupName(key.filter { ByteCursor.isLetter($0) || $0 == UInt8(ascii: ":") }[...])
  }

  init?(_ name: MarkupName) {
    guard let known = JSONKey.known[name] else { return nil }
    self = known
  }

  private static let known = MarkupName.table([
    (JSONKey.headline, "headline title hed heading storytitle articletitle headlinetext webtitle"),
    (
      .body,
      """
      articlebody body content text bodytext fulltext storytext articletext bodyhtml contenthtml \
      contenttext html story article maincontent bodyxhtml plaintext rawtext bodycontent message \
      maintext rawcontent pagecontent contents paragraphs fullbody
      fullcontent contentencoded textcontent articlecontent bodyplain selftext markdown
      """
    ),
    (
      .summary,
      """
      lead lede intro summary description abstract excerpt teaser snippet dek deck standfirst \
      subtitle subheadline leadparagraph trailtext descriptiontext descriptionhtml
      """
    ),
    (
      .published,
      """
      datepublished published publishedat publisheddate publicationdate pubdate date datecreated \
      created createdat versioncreated firstpublished publishdate publicationtime publishedtime \
      publishtime datetime timestamp firstcreated publishedon datepublish webpublicationdate
      """
    ),
    (
      .source,
      """
      source publisher provider site sitename agency publication outlet sourcename sourcedomain \
      publishername
      """
    ),
    (.address, "url canonicalurl link canonical permalink weburl mainentityofpage pageurl"),
    (.language, "language lang inlanguage locale languagecode"),
  ])
}
