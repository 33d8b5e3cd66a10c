// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The control words that say what is text.
extension RTFReader {
  /// Words that stand for a character.
  static let characters: [String: UInt32] = [
    "par": 0x0A, "line": 0x0A, "sect": 0x0A, "page": 0x0A, "row": 0x0A, "column": 0x0A,
    "cell": 0x0A, "nestcell": 0x0A, "nestrow": 0x0A, "tab": 0x20, "emspace": 0x20,
    "enspace": 0x20, "qmspace": 0x20, "emdash": 0x2014, "endash": 0x2013, "lquote": 0x2018,
    "rquote": 0x2019, "ldblquote": 0x201C, "rdblquote": 0x201D, "bullet": 0x2022,
    "zwj": 0x200D, "zwnj": 0x200C,
  ]

  /// Groups that hold no text of the document.
  static let destinations: Set<String> = [
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "listtable",
    "listoverridetable", "rsidtbl", "generator", "header", "headerl", "headerr", "headerf",
    "footer", "footerl", "footerr", "footerf", "fldinst", "xe", "tc", "themedata",
    "colorschememapping", "datastore", "latentstyles", "filetbl", "revtbl", "bkmkstart", "bkmkend",
    "private", "template", "comment", "annotation", "atnid", "atnauthor",
  ]

  /// Code pages by the character set of a font.
  static let pages: [Int: String] = [
    77: "MACINTOSH", 128: "CP932", 129: "CP949", 134: "GB18030", 136: "BIG5", 161: "CP1253",
    162: "CP1254", 163: "CP1258", 177: "CP1255", 178: "CP1256", 186: "CP1257", 204: "CP1251",
    222: "CP874", 238: "CP1250", 254: "CP437", 255: "CP850",
  ]
}
