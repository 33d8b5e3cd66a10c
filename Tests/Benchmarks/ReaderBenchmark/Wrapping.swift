// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Puts a text into a format that texts are delivered in.
struct Wrapping: Sendable {
  let name: String
  let fileName: String
  let wrap: @Sendable ([UInt8]) -> String

  static let all = [
    Wrapping(name: "plain", fileName: "a.txt") { String(decoding: $0, as: UTF8.self) },
    Wrapping(name: "JSON", fileName: "a.json") { json($0, escapesAll: false) },
    Wrapping(name: "JSON, ASCII", fileName: "a.json") { json($0, escapesAll: true) },
    Wrapping(name: "NITF", fileName: "a.xml", wrap: { nitf($0) }),
    Wrapping(name: "NewsML-G2", fileName: "a.xml", wrap: { newsML($0) }),
    Wrapping(name: "mail", fileName: "a.eml") {
      mail($0, transfer: "8bit") { String(decoding: $0, as: UTF8.self) }
    },
    Wrapping(name: "mail, quoted", fileName: "a.eml") {
      mail($0, transfer: "quoted-printable") { quoted($0) }
    },
    Wrapping(name: "mail, base64", fileName: "a.eml") {
      mail($0, transfer: "base64") { base64($0) }
    },
    Wrapping(name: "mail, two parts", fileName: "a.eml", wrap: { alternative($0) }),
    Wrapping(name: "HTML", fileName: "a.html", wrap: { html($0) }),
    Wrapping(name: "RTF", fileName: "a.rtf", wrap: { rtf($0) }),
    Wrapping(name: "Markdown", fileName: "a.md") {
      "# Title\n\n" + String(decoding: $0, as: UTF8.self)
    },
  ]

  private static func paragraphs(_ text: [UInt8]) -> [String] {
    // Four sentences make one.
    var result: [String] = []
    var sentences = 0
    var current: [UInt8] = []
    for byte in text {
      current.append(byte)
      if byte == UInt8(ascii: ".") { sentences += 1 }
      if sentences == 4 {
        result.append(String(decoding: current, as: UTF8.self))
        (current, sentences) = ([], 0)
      }
    }
    return result + [String(decoding: current, as: UTF8.self)]
  }

  private static func json(_ text: [UInt8], escapesAll: Bool) -> String {
    var body = ""
    for scalar in paragraphs(text).joined(separator: "\n\n").unicodeScalars {
      switch scalar {
      case "\"": body += "\\\""
      case "\n": body += "\\n"
      case _ where escapesAll && scalar.value >= 0x80:
        let digits = String(scalar.value, radix: 16)
        body += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      default: body.unicodeScalars.append(scalar)
      }
    }
    return """
      {"@context": "https://schema.org", "@type": "NewsArticle", "url": "https://example.org/a/17", \
      "headline": "Minister visits the harbour after the storm", "datePublished": \
      "2026-11-20T08:15:00Z", "publisher": {"@type": "Organization", "name": "Example"}, \
      "inLanguage": "en", "keywords": ["harbour", "storm"], "articleBody": "\(body)"}
      """
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func elements(_ text: [UInt8]) -> String {
    paragraphs(text).map { "        <p>\(escaped($0))</p>\n" }.joined()
  }

  private static func nitf(_ text: [UInt8]) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <nitf><head><title>Minister visits the harbour</title>
    <docdata><date.issue norm="20261120T081500Z"/><doc-id id-string="17"/></docdata></head>
    <body><body.head><hedline><hl1>Minister visits the harbour after the storm</hl1></hedline>
    <byline>By A. Writer</byline></body.head><body.content>
    \(elements(text))</body.content></body></nitf>
    """
  }

  private static func newsML(_ text: [UInt8]) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:example.org:17" \
    version="1" xml:lang="en"><catalogRef href="http://www.iptc.org/std/catalog/catalog.xml"/>
    <itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:EX"/>
    <versionCreated>2026-11-20T08:15:00Z</versionCreated></itemMeta>
    <contentMeta><headline>Minister visits the harbour after the storm</headline></contentMeta>
    <contentSet><inlineXML contenttype="application/xhtml+xml"><html \
    xmlns="http://www.w3.org/1999/xhtml"><body>
    \(elements(text))</body></html></inlineXML></contentSet></newsItem>
    """
  }

  private static func html(_ text: [UInt8]) -> String {
    """
    <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Minister visits</title>
    <style>body { margin: 0 }</style></head><body><article class="story">
    <h1>Minister visits the harbour after the storm</h1>
    \(elements(text))</article></body></html>
    """
  }

  private static func rtf(_ text: [UInt8]) -> String {
    var body = ""
    for scalar in paragraphs(text).joined(separator: "\n").unicodeScalars {
      switch scalar {
      case "\n": body += "\\par\n"
      case "\\", "{", "}": body += "\\\(scalar)"
      case _ where scalar.value >= 0x80: body += "\\u\(scalar.value)?"
      default: body.unicodeScalars.append(scalar)
      }
    }
    return "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0\\fs24 \(body)\\par}"
  }

  private static let head = """
    Received: from mx.example.org (mx.example.org [192.0.2.7])\r
    \tby desk.example.org with ESMTPS id 1A2B3C; Fri, 20 Nov 2026 08:15:04 +0000\r
    From: Wire <wire@example.org>\r
    To: desk@example.org\r
    Subject: Minister visits the harbour after the storm\r
    Date: Fri, 20 Nov 2026 08:15:00 +0000\r
    Message-ID: <17@example.org>\r
    MIME-Version: 1.0\r\n
    """

  private static func part(_ text: [UInt8], transfer: String, _ encode: ([UInt8]) -> String)
    -> String
  {
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: \(transfer)\r\n\r\n"
      + encode(Array(paragraphs(text).joined(separator: "\r\n\r\n").utf8))
  }

  private static func mail(_ text: [UInt8], transfer: String, _ encode: ([UInt8]) -> String)
    -> String
  {
    head + part(text, transfer: transfer, encode)
  }

  private static func alternative(_ text: [UInt8]) -> String {
    """
    \(head)Content-Type: multipart/alternative; boundary="=_17"\r
    \r
    --=_17\r
    \(part(text, transfer: "quoted-printable", quoted))\r
    --=_17\r
    Content-Type: text/html; charset=utf-8\r
    Content-Transfer-Encoding: quoted-printable\r
    \r
    \(quoted(Array(html(text).utf8)))\r
    --=_17--\r\n
    """
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    var column = 0
    for byte in bytes {
      if column >= 72, byte != 0x0D, byte != 0x0A {
        result += "=\r\n".utf8
        column = 0
      }
      if byte >= 0x80 || byte == UInt8(ascii: "=") {
        result += [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        column += 3
      } else {
        result.append(byte)
        column = byte == 0x0A ? 0 : column + 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let three = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for index in 0..<3 {
        bits = bits << 8 | UInt32(index < three.count ? three[start + index] : 0)
      }
      for index in 0..<4 {
        let digit = digits[Int(bits >> (18 - 6 * UInt32(index))) & 63]
        result.append(index <= three.count ? digit : UInt8(ascii: "="))
      }
      if (start / 3) % 19 == 18 { result += "\r\n".utf8 }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
