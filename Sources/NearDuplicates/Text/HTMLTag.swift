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

  /// The tag of a name, given as its bytes in lower case, the last one lowest.
  init?(_ name: UInt64) {
    guard let tag = HTMLTag.known[name] else { return nil }
    self = tag
  }

  private static let known: [UInt64: HTMLTag] = {
    let names: [(HTMLTag, StaticString)] = [
      (
        .inline,
        """
        a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q s samp \
        small span strike strong sub sup tt u var wbr
        """
      ),
      (.lineBreak, "br"), (.preformatted, "pre"),
      (.raw, "script style noscript template iframe noembed noframes"),
    ]
    var known: [UInt64: HTMLTag] = [:]
    for (tag, list) in names {
      for name in list.description.split(separator: " ") {
        known[name.utf8.reduce(0) { $0 << 8 | UInt64($1) }] = tag
      }
    }
    return known
  }()
}
