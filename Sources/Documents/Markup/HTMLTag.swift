// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a tag does to the text around it; those that are not here set their content off.
enum HTMLTag {
  /// The words on both sides of the tag are one.
  case inline
  case lineBreak
  /// Sets its content off, which keeps its lines.
  case preformatted
  /// What the element holds is not text of the page.
  case raw
  case script
  /// Text of pages that have no other: browsers that run scripts do not show it.
  case noScript
  case title
  /// Says something of the page in its attributes.
  case meta
  case link
  case time
  case html

  static let known = MarkupName.table([
    (
      HTMLTag.inline,
      """
      a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q s samp \
      small span strike strong sub sup tt u var wbr
      """
    ),
    (.lineBreak, "br"), (.preformatted, "pre"), (.raw, "style template iframe noembed noframes"),
    (.script, "script"), (.noScript, "noscript"), (.title, "title"), (.meta, "meta"),
    (.link, "link"), (.time, "time"), (.html, "html"),
  ])

  /// Names that tell markup in a string from "<" and "&" in prose.
  private static let telling = Set(
    "p br div a img b i em strong span ul ol li h1 h2 h3 h4 h5 h6 table tr td blockquote figure"
      .split(separator: " ").map { MarkupName($0) })

  /// Whether text has tags of HTML in it, as strings in feeds and JSON do.
  static func isIn(_ text: [UInt8]) -> Bool {
    var place = 0
    while let start = ByteCursor.index(of: UInt8(ascii: "<"), in: text, from: place) {
      place = start + 1
      let isEnd = place < text.count && text[place] == UInt8(ascii: "/")
      let name = text[(isEnd ? place + 1 : place)...].prefix {
        ByteCursor.isLetterOrDigit($0)
      }
      let end = name.endIndex < text.count ? text[name.endIndex] : 0
      let isWhole = end == UInt8(ascii: ">") || end == UInt8(ascii: "/") || ByteCursor.isSpace(end)
      if isWhole, !name.isEmpty, telling.contains(MarkupName(name)) { return true }
    }
    return false
  }
}
