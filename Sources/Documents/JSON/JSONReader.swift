// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The texts of a JSON document (RFC 8259), or of several one after the other.
///
/// Read in one pass without recursion: nesting costs a few bytes a level. Keys are never words.
struct JSONReader {
  /// What an open array or object hands down to what is in it.
  struct Frame {
    var isObject: Bool
    /// What the key that it stands under says.
    var key: JSONKey?
    var keyName: MarkupName
    /// The object whose text it is.
    var owner: Int
    /// Whether `key` comes from further up.
    var isInherited: Bool
  }

  private static let name = MarkupName("name")

  private var cursor: ByteCursor
  private var frames: [Frame] = []
  private var strings = JSONStrings()
  private var objects = 0
  /// The key that was read last, in the object that is open.
  private var key: JSONKey?
  private var keyName = MarkupName("")
  private var sawKey = false

  /// What a document is made of; nil when it is no JSON.
  ///
  /// One that breaks off, or goes on as something else, is what could be read of it.
  static func read(_ bytes: [UInt8]) -> JSONText? {
    var reader = JSONReader(bytes)
    let isWhole = reader.readAll()
    guard isWhole || reader.sawKey && reader.cursor.position * 2 > bytes.count else { return nil }
    return JSONText(reader.strings)
  }

  /// What a value is made of that must be whole; nil when it is none, or damaged.
  static func readWhole(_ bytes: [UInt8]) -> JSONText? {
    var reader = JSONReader(bytes)
    return reader.readAll() ? JSONText(reader.strings) : nil
  }

  /// Whether text may be JSON: an array or object at its beginning, with what these have in them.
  static func begins(_ bytes: some Collection<UInt8>) -> Bool {
    var cursor = ByteCursor(Array(bytes.prefix(256)))
    cursor.skipSpace()
    guard let first = cursor.peek, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return false
    }
    cursor.position += 1
    cursor.skipSpace()
    guard let next = cursor.peek else { return false }
    return first == UInt8(ascii: "{")
      ? "\"}".utf8.contains(next) : "\"{[]-0123456789tfn".utf8.contains(next)
  }

  private init(_ bytes: [UInt8]) { cursor = ByteCursor(bytes) }

  /// False when something is not as it should be; then the cursor is there.
  private mutating func readAll() -> Bool {
    cursor.skipSpace()
    guard let first = cursor.peek, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
      return false
    }
    while true {
      cursor.skipSpace()
      guard let byte = cursor.peek else { return frames.isEmpty }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        cursor.position += 1
        open(isObject: byte == UInt8(ascii: "{"))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        cursor.position += 1
        guard let frame = frames.popLast(), frame.isObject == (byte == UInt8(ascii: "}")) else {
          return false
        }
        key = nil
      case UInt8(ascii: ","):
        cursor.position += 1
        key = nil
      case UInt8(ascii: "\""):
        guard let string = readString() else { return false }
        guard take(string) else { return false }
      default:
        guard skipLiteral() else { return false }
      }
    }
  }

  private mutating func open(isObject: Bool) {
    let above = frames.last
    if isObject { objects += 1 }
    let own = above?.isObject ?? false ? key : nil
    let handedDown = own ?? above?.key
    // What belongs to a key is the text of the object with that key.
    let owner = handedDown != nil ? above?.owner ?? objects : isObject ? objects : above?.owner ?? 0
    let isInherited = isObject && handedDown != nil || own == nil && above?.isInherited ?? false
    frames.append(
      Frame(
        isObject: isObject, key: handedDown,
        keyName: own == nil ? above?.keyName ?? keyName : keyName, owner: owner,
        isInherited: isInherited))
    key = nil
  }

  /// A string that is a key or a value.
  private mutating func take(_ string: [UInt8]) -> Bool {
    guard let frame = frames.last else { return false }
    cursor.skipSpace()
    if frame.isObject, cursor.peek == UInt8(ascii: ":") {
      cursor.position += 1
      keyName = JSONKey.name(string)
      key = JSONKey(keyName)
      sawKey = true
      return true
    }
    let own = frame.isObject ? key : nil
    // What describes a publisher has its kind and number beside its name.
    if frame.key == .source, frame.isObject, frame.isInherited, own == nil, keyName != Self.name {
      return true
    }
    strings.take(
      JSONStrings.Item(
        text: string, key: own ?? frame.key, keyName: own == nil ? frame.keyName : keyName,
        object: frame.owner, isInherited: own == nil && frame.isInherited),
      in: frame)
    return true
  }

  /// Numbers, true, false, null.
  private mutating func skipLiteral() -> Bool {
    let start = cursor.position
    while let byte = cursor.peek, ByteCursor.isLetterOrDigit(byte) || "+-.".utf8.contains(byte) {
      cursor.position += 1
    }
    return cursor.position > start && !frames.isEmpty
  }

  /// Nil when it does not end.
  private mutating func readString() -> [UInt8]? {
    cursor.position += 1
    var string: [UInt8] = []
    // An escape may turn out to have the quotation mark.
    var special = NextOfTwo(far: UInt8(ascii: "\""), near: UInt8(ascii: "\\"))
    while true {
      // Most strings have no escapes and are copied as a whole.
      let start = cursor.position
      let end = special.place(in: cursor.bytes, from: start)
      string += cursor.bytes[start..<end]
      cursor.position = end + 1
      guard end < cursor.bytes.count else { return nil }
      if cursor.bytes[end] == UInt8(ascii: "\"") { return string }
      guard readEscape(into: &string) else { return nil }
    }
  }

  private mutating func readEscape(into string: inout [UInt8]) -> Bool {
    guard let byte = cursor.peek else { return false }
    cursor.position += 1
    switch byte {
    case UInt8(ascii: "n"): string.append(0x0A)
    case UInt8(ascii: "r"): string.append(0x0D)
    case UInt8(ascii: "t"): string.append(0x09)
    case UInt8(ascii: "b"), UInt8(ascii: "f"): string.append(0x20)
    case UInt8(ascii: "u"):
      guard let unit = readUnit() else { return false }
      CharacterReferences.append(scalar(unit), to: &string)
    default: string.append(byte)
    }
    return true
  }

  /// With the half that follows it, if it is one of a pair.
  private mutating func scalar(_ unit: UInt32) -> UInt32 {
    guard unit & 0xFC00 == 0xD800, cursor.follows("\\u") else { return unit }
    let place = cursor.position
    cursor.position += 2
    guard let low = readUnit(), low & 0xFC00 == 0xDC00 else {
      cursor.position = place
      return unit
    }
    return 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
  }

  private mutating func readUnit() -> UInt32? {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = cursor.peek, let digit = ByteCursor.digit(byte) else { return nil }
      unit = unit << 4 | digit
      cursor.position += 1
    }
    return unit
  }
}
