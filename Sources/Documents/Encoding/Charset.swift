// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A character encoding: as records name it, and as iconv(3) does.
///
/// Names and labels follow the WHATWG Encoding Standard: documents that say Latin-1 mean
/// Windows-1252, those that say GB2312 mean all of GB 18030.
struct Charset: Sendable, Equatable {
  let name: String
  let converterName: String

  static let utf8 = Charset(name: "utf-8", converterName: "UTF-8")
  static let windows1252 = Charset(name: "windows-1252", converterName: "CP1252")
  static let iso2022jp = Charset(name: "iso-2022-jp", converterName: "ISO-2022-JP-2")

  static let iso2022kr = Charset(name: "iso-2022-kr", converterName: "ISO-2022-KR")

  init(name: String, converterName: String) {
    self.name = name
    self.converterName = converterName
  }

  /// What a document declares; nil for what nobody knows.
  init?(label: String) {
    let label = label.lowercased().filter { !" \t\r\n\"'".contains($0) }
    guard !label.isEmpty, label.utf8.count <= 40 else { return nil }
    if let known = Charset.labels[label] {
      self = known
      return
    }
    // The library knows hundreds more; only names go to it, none of its switches and paths.
    guard label.utf8.allSatisfy({ Charset.isPartOfName($0) }) else { return nil }
    guard CharacterConverter(from: label) != nil else { return nil }
    self.init(name: label, converterName: label)
  }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Those in which a byte is a character, the likelier first where several read a text alike.
  static let singleByte: [Charset] = [
    windows1252,
    Charset(name: "windows-1251", converterName: "CP1251"),
    Charset(name: "windows-1250", converterName: "CP1250"),
    Charset(name: "iso-8859-2", converterName: "ISO-8859-2"),
    Charset(name: "koi8-u", converterName: "KOI8-U"),
    Charset(name: "koi8-r", converterName: "KOI8-R"),
    Charset(name: "iso-8859-5", converterName: "ISO-8859-5"),
    Charset(name: "ibm866", converterName: "CP866"),
    Charset(name: "windows-1253", converterName: "CP1253"),
    Charset(name: "iso-8859-7", converterName: "ISO-8859-7"),
    Charset(name: "windows-1256", converterName: "CP1256"),
    Charset(name: "iso-8859-6", converterName: "ISO-8859-6"),
    Charset(name: "windows-1255", converterName: "CP1255"),
    Charset(name: "iso-8859-8", converterName: "ISO-8859-8"),
    Charset(name: "windows-1254", converterName: "CP1254"),
    Charset(name: "windows-874", converterName: "CP874"),
    Charset(name: "windows-1257", converterName: "CP1257"),
    Charset(name: "macintosh", converterName: "MACINTOSH"),
    Charset(name: "x-mac-cyrillic", converterName: "MAC-CYRILLIC"),
    Charset(name: "ibm850", converterName: "CP850"),
    Charset(name: "ibm852", converterName: "CP852"),
  ]

  /// Those in which a character may be several bytes: in Windows-1258 a letter and its tone.
  static let multiByte: [Charset] = [
    Charset(name: "gb18030", converterName: "GB18030"),
    Charset(name: "big5", converterName: "BIG5-HKSCS"),
    Charset(name: "shift_jis", converterName: "CP932"),
    Charset(name: "euc-jp", converterName: "EUC-JP"),
    Charset(name: "euc-kr", converterName: "CP949"),
    Charset(name: "windows-1258", converterName: "CP1258"),
  ]

  static let wide: [Charset] = [
    Charset(name: "utf-16le", converterName: "UTF-16LE"),
    Charset(name: "utf-16be", converterName: "UTF-16BE"),
    Charset(name: "utf-32le", converterName: "UTF-32LE"),
    Charset(name: "utf-32be", converterName: "UTF-32BE"),
  ]

  private static let labels: [String: Charset] = {
    var labels: [String: Charset] = ["utf8": utf8, "utf-8": utf8, "unicode-1-1-utf-8": utf8]
    for charset in singleByte + multiByte + wide + [iso2022jp, iso2022kr] {
      labels[charset.name] = charset
    }
    for (name, others) in aliases {
      guard let charset = labels[name] else { continue }
      for other in others.split(separator: " ") { labels[String(other)] = charset }
    }
    return labels
  }()

  private static let aliases: [(String, String)] = [
    ("utf-8", "ascii us-ascii ansi_x3.4-1968 iso646-us"),
    (
      "windows-1252",
      "iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 cp1252 x-cp1252 cp819 iso-8859-15"
    ),
    ("windows-1250", "cp1250 x-cp1250"), ("windows-1251", "cp1251 x-cp1251 win-1251 win1251"),
    ("windows-1253", "cp1253 x-cp1253"),
    ("windows-1254", "cp1254 x-cp1254 iso-8859-9 iso8859-9 iso_8859-9 latin5 l5"),
    ("windows-1255", "cp1255 x-cp1255"), ("windows-1256", "cp1256 x-cp1256"),
    ("windows-1257", "cp1257 x-cp1257"), ("windows-1258", "cp1258 x-cp1258"),
    ("windows-874", "cp874 tis-620 tis620 iso-8859-11 iso8859-11 dos-874"),
    ("iso-8859-2", "iso8859-2 iso_8859-2 latin2 l2"),
    ("iso-8859-5", "iso8859-5 iso_8859-5 cyrillic"),
    ("iso-8859-6", "iso8859-6 iso_8859-6 arabic asmo-708"),
    ("iso-8859-7", "iso8859-7 iso_8859-7 greek greek8"),
    ("iso-8859-8", "iso8859-8 iso_8859-8 hebrew iso-8859-8-i iso-8859-8-e visual logical"),
    ("koi8-r", "koi8 koi koi8_r cskoi8r"), ("koi8-u", "koi8-ru koi8_u"),
    ("ibm866", "cp866 866"), ("macintosh", "mac macroman x-mac-roman mac-roman mac_roman"),
    ("x-mac-cyrillic", "x-mac-ukrainian maccyrillic mac-cyrillic"),
    ("gb18030", "gb2312 gbk gb_2312-80 x-gbk cp936 chinese euc-cn iso-ir-58 csgb2312"),
    ("big5", "big5-hkscs cn-big5 x-x-big5 csbig5 cp950"),
    ("shift_jis", "shift-jis sjis x-sjis ms_kanji windows-31j cp932 csshiftjis ms932"),
    ("euc-jp", "x-euc-jp cseucpkdfmtjapanese eucjp"),
    ("euc-kr", "ks_c_5601-1987 ksc5601 ksc_5601 ks_c_5601-1989 korean windows-949 cp949 uhc euckr"),
    ("iso-2022-jp", "csiso2022jp iso-2022-jp-2"), ("iso-2022-kr", "csiso2022kr"),
    ("utf-16le", "utf-16 utf16 unicode ucs-2 iso-10646-ucs-2"), ("utf-16be", "unicodefffe"),
    ("utf-32le", "utf-32 utf32"),
  ]
}
