// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The text of a Rich Text Format document (specification 1.9.1).
///
/// Groups are counted, not called: nesting costs a few bytes a level.
struct RTFReader {
  private struct State {
    /// What the group holds is not text: fonts, styles, pictures.
    var isSkipped = false
    /// How many characters stand for one of Unicode for readers that do not know it.
    var fallback = 1
    var font = 0
    var isInFontTable = false
    var isTitle = false
  }

  private var cursor: ByteCursor
  private var output: [UInt8] = []
  private var title: [UInt8] = []
  /// Bytes of a code page that have not been turned into text yet.
  private var pending: [UInt8] = []
  private var state = State()
  private var states: [State] = []
  private var codePage = "CP1252"
  /// The code page of each font of another script.
  private var fontPages: [Int: String] = [:]
  private var toSkip = 0
  private var highSurrogate: UInt32?
  private var year = 0
  private var month = 0
  private var day = 0
  private var isCreation = false

  static func begins(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.prefix(5).elementsEqual("{\\rtf".utf8)
  }

  static func read(_ bytes: [UInt8]) -> Extraction {
    var reader = RTFReader(cursor: ByteCursor(bytes))
    reader.readAll()
    let encoding = Charset.singleByte.first { $0.converterName == reader.codePage }?.name
    return Extraction(
      text: reader.output,
      description: DocumentDescription(
        title: String(decoding: reader.title, as: UTF8.self), published: reader.created,
        encoding: encoding == Charset.windows1252.name ? nil : encoding))
  }

  private init(cursor: ByteCursor) { self.cursor = cursor }

  private var created: String? {
    guard year > 0, 1...12 ~= month, 1...31 ~= day else { return nil }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))"
  }

  private mutating func readAll() {
    while let byte = cursor.peek {
      cursor.position += 1
      switch byte {
      case UInt8(ascii: "{"):
        flush()
        states.append(state)
        toSkip = 0
      case UInt8(ascii: "}"):
        flush()
        state = states.popLast() ?? State()
        toSkip = 0
      case UInt8(ascii: "\\"): readControl()
      case 0x0A, 0x0D: break
      default: take(byte)
      }
    }
    flush()
  }

  private mutating func readControl() {
    guard let byte = cursor.peek else { return }
    guard ByteCursor.isLetter(byte) else {
      cursor.position += 1
      readSymbol(byte)
      return
    }
    let start = cursor.position
    while let byte = cursor.peek, ByteCursor.isLetter(byte) { cursor.position += 1 }
    let word = String(decoding: cursor.bytes[start..<cursor.position].prefix(32), as: UTF8.self)
    let number = readNumber()
    if cursor.peek == 0x20 { cursor.position += 1 }
    obey(word, number)
  }

  private mutating func readNumber() -> Int? {
    let isNegative = cursor.peek == UInt8(ascii: "-")
    if isNegative { cursor.position += 1 }
    var number: Int?
    while let byte = cursor.peek, 0x30...0x39 ~= byte {
      number = min((number ?? 0) * 10 + Int(byte) - 0x30, 1 << 31)
      cursor.position += 1
    }
    return number.map { isNegative ? -$0 : $0 }
  }

  private mutating func readSymbol(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "'"):
      guard let high = cursor.peek.flatMap(ByteCursor.digit),
        let low = cursor.byte(at: cursor.position + 1).flatMap(ByteCursor.digit)
      else { return }
      cursor.position += 2
      take(UInt8(high << 4 | low))
    case UInt8(ascii: "*"): state.isSkipped = true
    case UInt8(ascii: "~"): append(0xA0)
    case UInt8(ascii: "_"): append(0x2011)
    case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): take(byte)
    case 0x0A, 0x0D: append(0x0A)
    default: break
    }
  }

  private mutating func obey(_ word: String, _ number: Int?) {
    if let scalar = Self.characters[word] { return append(scalar) }
    if Self.destinations.contains(word) {
      state.isSkipped = true
      state.isInFontTable = word == "fonttbl"
      return
    }
    switch word {
    case "u": takeUnicode(number ?? 0)
    case "uc": state.fallback = max(0, min(number ?? 1, 8))
    case "ansicpg": if let number { codePage = "CP\(number)" }
    case "mac": codePage = "MACINTOSH"
    case "pc": codePage = "CP437"
    case "pca": codePage = "CP850"
    case "f":
      flush()
      state.font = number ?? 0
    case "fcharset":
      if state.isInFontTable, let page = Self.pages[number ?? 0] { fontPages[state.font] = page }
    case "title" where state.isSkipped:
      state.isTitle = true
    case "creatim": isCreation = true
    case "revtim", "printim", "buptim": isCreation = false
    case "yr": if isCreation { year = number ?? 0 }
    case "mo": if isCreation { month = number ?? 0 }
    case "dy": if isCreation { day = number ?? 0 }
    case "bin": cursor.position = min(cursor.bytes.count, cursor.position + max(0, number ?? 0))
    default: break
    }
  }

  /// A byte of the text, in the code page of its font.
  private mutating func take(_ byte: UInt8) {
    if toSkip > 0 {
      toSkip -= 1
      return
    }
    if !state.isSkipped || state.isTitle { pending.append(byte) }
  }

  private mutating func takeUnicode(_ number: Int) {
    flush()
    let unit = UInt32(truncatingIfNeeded: number) & (number < 0 || number > 0xFFFF ? 0xFFFF : .max)
    if unit & 0xFC00 == 0xD800 {
      highSurrogate = unit
    } else if unit & 0xFC00 == 0xDC00, let high = highSurrogate {
      append(0x10000 + (high & 0x3FF) << 10 + unit & 0x3FF)
      highSurrogate = nil
    } else {
      append(unit)
    }
    toSkip = state.fallback
  }

  private mutating func append(_ scalar: UInt32) {
    flush()
    if state.isTitle {
      CharacterReferences.append(scalar, to: &title)
    } else if !state.isSkipped {
      CharacterReferences.append(scalar, to: &output)
    }
  }

  /// Turns the bytes of a code page into text: only together are those of Asian ones characters.
  private mutating func flush() {
    guard !pending.isEmpty else { return }
    defer { pending.removeAll(keepingCapacity: true) }
    let page = fontPages[state.font] ?? codePage
    let isPlain = pending.allSatisfy { $0 < 0x80 }
    let text =
      isPlain ? pending : (converted(page) ?? converted("CP1252") ?? [])
    if state.isTitle { title += text } else { output += text }
  }

  private func converted(_ page: String) -> [UInt8]? {
    guard let converter = CharacterConverter(from: page) else { return nil }
    return converter.convert(pending[...]).text
  }
}
