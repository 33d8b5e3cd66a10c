// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import Testing

@testable import Documents

@Suite(.timeLimit(.minutes(10)))
struct RTFReaderTests {
  @Test func givesTheText() {
    let document = #"""
      {\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}
      {\f1\fcharset204 Arial;}}{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}
      {\info{\title Bridge shut}{\author News desk}{\creatim\yr2026\mo6\dy16}}{\*\generator X;}
      \viewkind4\uc1\pard\sa200\f0\b\fs32 Bridge\b0  shut\par
      Caf\'e9 \u1052?\u1086?\u1089?\u1090? \f1\'cc\'ee\'f1\'f2\f0\par
      it\rquote s {\i\ul spl}it \emdash  done\{\}\cell next{\pict 89504e47}{\footer page 1}\par
      \u-10179?\u-8704? end
      }
      """#
    let read = ReadDocument.text(document)
    #expect(
      read?.fingerprint.tokens
        == ReadDocument.words("Bridge shut Café Мост Мост it’s split — done next 😀 end"))
    #expect(read?.description.title == "Bridge shut")
    #expect(read?.description.published == "2026-06-16")
  }

  @Test func bytesOfAsianCodePagesBelongTogether() {
    let bytes = LegacyText.bytes("橋が閉鎖", in: "CP932")
    let text = bytes.map { "\\'" + String($0, radix: 16) }.joined()
    #expect(
      ReadDocument.tokens("{\\rtf1\\ansi\\ansicpg932 \(text)\\par}")
        == ReadDocument.words("橋が閉鎖"))
  }

  @Test(arguments: [
    "{\\rtf1", "{\\rtf1 a", "{\\rtf1 a\\", "{\\rtf1 a\\'", "{\\rtf1 a\\u", "{\\rtf1 a}}}}",
    "{\\rtf1 a\\bin99999999999999999999 x", "{\\rtf1 a\\u99999999999999 ?",
  ])
  func readsWhatIsBroken(document: String) {
    #expect(ReadDocument.text(document) != nil)
  }

  @Test func nestingCostsNoStack() {
    let deep = String(repeating: "{", count: 200_000)
    #expect(ReadDocument.tokens("{\\rtf1 \(deep)word") == ReadDocument.words("word"))
  }
}
