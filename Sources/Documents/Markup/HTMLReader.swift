// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The text of an HTML page, read in one pass over its UTF-8, and what the page says of itself.
///
/// Follows the tokenizer of the HTML Standard where that decides what is text: comments, quoted
/// attributes, raw text elements, character references. There is no tree: tags that set off their
/// content separate words, inline ones do not. Time is linear and nothing is nested.
struct HTMLReader {
  private static let script = MarkupName("script")

  private var cursor: ByteCursor
  private var output: [UInt8] = []
  private var facts = HTMLFacts()
  /// Elsewhere the lines of the source are not those of the page: they become spaces.
  private var isPreformatted = false
  /// Ends running text.
  private var markup = NextOfTwo(far: UInt8(ascii: "<"), near: UInt8(ascii: "&"))
  private var withoutScripts: [UInt8] = []
  private var isWithoutScripts = false

  /// How far a page may be from its first tag or doctype to be taken for one.
  private static let prologueLimit = 1024

  /// Whether text begins as pages do, after white space, comments and an XML declaration.
  static func begins(_ bytes: some Collection<UInt8>) -> Bool {
    var cursor = ByteCursor(Array(bytes.prefix(prologueLimit)))
    while true {
      cursor.skipSpace()
      guard cursor.peek == UInt8(ascii: "<") else { return false }
      if cursor.follows("<!doctype html") || cursor.follows("<html") { return true }
      guard cursor.follows("<!--") || cursor.follows("<?xml") else { return false }
      skipDeclaration(&cursor)
    }
  }

  /// Reads a whole page.
  static func read(_ bytes: [UInt8]) -> Extraction {
    var reader = HTMLReader(bytes)
    reader.readAll()
    return reader.finished()
  }

  /// The text of a piece of a page.
  static func text(_ bytes: [UInt8]) -> [UInt8] {
    var reader = HTMLReader(bytes)
    reader.readAll()
    return reader.output
  }

  private init(_ bytes: [UInt8]) {
    cursor = ByteCursor(bytes)
    output.reserveCapacity(bytes.count)
  }

  /// A page without text of its own has it in its data, or for browsers that run no scripts.
  private func finished() -> Extraction {
    var text = output
    guard facts.articleBody != nil || !withoutScripts.isEmpty else {
      return Extraction(text: text, description: facts.description)
    }
    let words = Prose.letterBytes(text)
    if let body = facts.articleBody, Prose.letterBytes(body) > words {
      text += [0x0A, 0x0A] + body
    } else if Prose.letterBytes(withoutScripts) > words {
      text += [0x0A, 0x0A] + withoutScripts
    }
    return Extraction(text: text, description: facts.description)
  }

  private mutating func readAll() {
    while let byte = cursor.peek {
      if byte == UInt8(ascii: "<") {
        readMarkup()
      } else if byte == UInt8(ascii: "&") {
        CharacterReferences.shared.read(&cursor, into: &output)
      } else {
        readText()
      }
    }
  }

  /// To the next tag or reference.
  private mutating func readText() {
    let start = cursor.position
    cursor.position = markup.place(in: cursor.bytes, from: start)
    let text = cursor.bytes[start..<cursor.position]
    let first = output.count
    output += text
    if isPreformatted { return }
    for place in first..<output.count where output[place] &- 0x0A < 4 { output[place] = 0x20 }
  }

  private mutating func readMarkup() {
    guard let next = cursor.byte(at: cursor.position + 1) else {
      cursor.position += 1
      return
    }
    if next == UInt8(ascii: "!") || next == UInt8(ascii: "?") {
      HTMLReader.skipDeclaration(&cursor)
      return
    }
    guard let tag = MarkupTag(&cursor) else {
      if next == UInt8(ascii: "/") {
        // An end tag without a name is a comment.
        cursor.skip(past: UInt8(ascii: ">"))
      } else {
        // A less-than sign: nothing that is part of a word.
        cursor.position += 1
      }
      output.append(0x20)
      return
    }
    take(tag)
  }

  private mutating func take(_ tag: MarkupTag) {
    switch HTMLTag.known[tag.name] {
    case .inline: break
    case .lineBreak: output.append(0x0A)
    case .raw:
      if !tag.isEnd { _ = skipRawText(tag.name) }
      output.append(0x20)
    case .script:
      if !tag.isEnd {
        let isData = tag.attribute("type", cursor)?.lowercased().contains("ld+json") ?? false
        let content = skipRawText(tag.name)
        if isData { facts.take(linkedData: Array(cursor.bytes[content])) }
      }
      output.append(0x20)
    case .noScript where isWithoutScripts: setOff()
    case .noScript:
      if !tag.isEnd {
        let content = skipRawText(tag.name)
        // One within another is read with it: what they hold is read once, however they nest.
        var inner = HTMLReader(Array(cursor.bytes[content]))
        inner.isWithoutScripts = true
        inner.readAll()
        withoutScripts += inner.output + [0x0A]
      }
      output.append(0x20)
    case .title:
      setOff()
      if !tag.isEnd { readTitle(tag.name) }
      setOff()
    case .preformatted:
      isPreformatted = !tag.isEnd
      setOff()
    case .meta:
      facts.take(meta: tag, cursor)
      setOff()
    case .link:
      facts.take(link: tag, cursor)
      setOff()
    case .time:
      facts.take(time: tag, cursor)
    case .html:
      facts.take(html: tag, cursor)
      setOff()
    case nil: setOff()
    }
  }

  /// Two line ends, so that a hyphen before it does not join.
  private mutating func setOff() {
    output.append(0x0A)
    output.append(0x0A)
  }

  /// What a title holds is text, whatever it looks like.
  private mutating func readTitle(_ name: MarkupName) {
    var inner = ByteCursor(Array(cursor.bytes[skipRawText(name)]))
    let start = output.count
    while let byte = inner.peek {
      if byte == UInt8(ascii: "&") {
        CharacterReferences.shared.read(&inner, into: &output)
      } else {
        output.append(0x0A...0x0D ~= byte ? 0x20 : byte)
        inner.position += 1
      }
    }
    facts.take(title: Array(output[start...]))
  }

  /// To behind the end tag of an element whose content has no tags; returns that content.
  private mutating func skipRawText(_ name: MarkupName) -> Range<Int> {
    let start = cursor.position
    // Within a comment in a script, one that begins has its own end (13.2.6.2).
    var (isComment, isInner) = (false, false)
    while !cursor.isAtEnd {
      if isComment, !isInner, cursor.follows("-->") { isComment = false }
      guard cursor.bytes[cursor.position] == UInt8(ascii: "<") else {
        cursor.position += 1
        continue
      }
      if name == Self.script {
        if cursor.follows("<!--") { isComment = true }
        if isComment, cursor.follows("<script") { isInner = true }
        if isInner, cursor.follows("</script") {
          isInner = false
          cursor.position += 8
          continue
        }
      }
      cursor.position += 1
      guard cursor.peek == UInt8(ascii: "/") else { continue }
      let end = cursor.position - 1
      // The name first: a tag is read to its end only if it is the one.
      var nameEnd = end + 2
      while let byte = cursor.byte(at: nameEnd), ByteCursor.isLetterOrDigit(byte) { nameEnd += 1 }
      guard MarkupName(cursor.bytes[end + 2..<nameEnd]) == name else { continue }
      cursor.position = end
      if MarkupTag(&cursor) != nil { return start..<end }
      cursor.position = nameEnd
    }
    return start..<cursor.bytes.count
  }

  /// Comments, doctypes, declarations, CDATA marks.
  static func skipDeclaration(_ cursor: inout ByteCursor) {
    guard cursor.follows("<!--") else {
      cursor.skip(past: UInt8(ascii: ">"))
      return
    }
    cursor.position += 4
    // "<!-->" and "<!--->" are whole comments; "--!>" ends one as "-->" does.
    if cursor.follows(">") || cursor.follows("->") {
      cursor.skip(past: UInt8(ascii: ">"))
      return
    }
    while !cursor.isAtEnd {
      if cursor.follows("-->") || cursor.follows("--!>") {
        cursor.skip(past: UInt8(ascii: ">"))
        return
      }
      cursor.position += 1
    }
  }

}
