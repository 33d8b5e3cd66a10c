// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(10)))
struct MailReaderTests {
  private static let header = """
    Received: from mx1.example.org by inbound.example.net; Sun, 29 Nov 2026 11:31:00 +0000
    From: Meridian Wire <wire@wire.example.org>
    Subject: =?koi8-r?B?7c/T1A==?= =?utf-8?Q?_=D0=B7=D0=B0=D0=BA=D1=80=D1=8B=D0=BB=D0=B8?=
    Date: Sun, 29 Nov 2026 12:31:00 +0100
    MIME-Version: 1.0

    """

  private static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (group.reduce(0) { $0 << 8 | Int($1) }) << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : "=")
      }
      if text.count % 77 == 76 { text += "\n" }
    }
    return text
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      byte == 0x3D || byte >= 0x80 || byte < 0x20 && byte != 0x0A
        ? "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        : String(Unicode.Scalar(byte))
    }.joined()
  }

  @Test(arguments: LegacyText.all)
  func theBodyIsReadInItsEncoding(text: LegacyText) {
    for encoding in text.encodings + ["UTF-8"] {
      let bytes = LegacyText.bytes(text.text, in: encoding)
      let bodies = [
        ("base64", Self.base64(bytes)), ("quoted-printable", Self.quoted(bytes)),
      ]
      for (transfer, body) in bodies {
        let mail =
          Self.header + "Content-Type: text/plain; charset=\"\(encoding)\"\n"
          + "Content-Transfer-Encoding: \(transfer)\n\n\(body)\n"
        #expect(ReadDocument.tokens(mail) == ReadDocument.words(text.text), "\(encoding)")
      }
    }
  }

  @Test func theHeaderSaysWhatItIs() {
    let read = ReadDocument.text(Self.header + "\nA few words.\n")
    #expect(read?.fingerprint.tokens == ReadDocument.words("A few words."))
    #expect(read?.description.title == "Мост закрыли")
    #expect(read?.description.published == "2026-11-29T11:31:00Z")
    #expect(read?.description.source == "wire.example.org")
  }

  @Test func ofAlternativesThePlainTextIsTaken() {
    let mail =
      Self.header + """
        Content-Type: multipart/mixed; boundary="outer"

        This is a message in MIME format.

        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/html; charset=utf-8

        <p>The <b>body</b> as a page.</p>
        --inner
        Content-Type: text/plain; charset=utf-8; format=flowed

        The body goes on \u{20}
        and on.
        > > Quoted words.
        --inner--
        --outer
        Content-Type: image/png
        Content-Transfer-Encoding: base64

        iVBORw0KGgoAAAANSUhEUg==
        --outer
        Content-Type: application/json; name=a.json
        Content-Disposition: attachment; filename="a.json"

        {"title":"Attached","body":"Words of the attachment."}
        --outer
        Content-Type: message/rfc822

        From: a@b.example
        Subject: forwarded

        Forwarded words.
        --outer--
        Epilogue that no one reads.
        """
    #expect(
      ReadDocument.tokens(mail)
        == ReadDocument.words(
          "The body goes on and on. Quoted words. Attached Words of the attachment. "
            + "Forwarded words."))
  }

  @Test(arguments: [
    "Note: this is text\nTo: nobody in particular", "Subject: only one field\n\ntext",
    "From the bridge: a view\nDate: unknown", "Date: 1\n", "Files: *\nCopyright: 2020 Jo\n\nText",
  ])
  func otherTextIsPlain(text: String) {
    #expect(ReadDocument.tokens(text) == ReadDocument.words(text))
  }

  @Test func thousandsOfPartsEnd() {
    var mail = Self.header + "Content-Type: multipart/mixed; boundary=b\n\n"
    for _ in 0..<10_000 { mail += "--b\n\nword\n" }
    #expect(ReadDocument.tokens(mail)?.count ?? 0 > 1_000)
    var nested = Self.header
    for level in 0..<200 {
      nested += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n"
    }
    #expect(ReadDocument.text(nested + "\nword") != nil)
  }
}
