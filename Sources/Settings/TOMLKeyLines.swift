// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The line each key of a TOML file stands on, and where its parser must not be let.
///
/// TOMLKit keeps no positions of the nodes it read, only of the place it failed at. So the text
/// is gone over once more, before it is parsed; what is not understood is passed over: a missing
/// line makes a message poorer, never wrong.
struct TOMLKeyLines: Sendable {
  private var lines: [[String]: Int] = [:]
  /// The line of the first `\u0000`, which TOMLKit would take for the end of the string.
  private(set) var escapedNUL: Int?
  /// The first place at which TOMLKit's parser, toml++, would fail an assertion, which ends the
  /// process, instead of telling. `scripts/fuzz configuration` looks for more of them.
  private(set) var trap: Trap?

  struct Trap: Sendable {
    package let line: Int
    /// Where the table header or assignment begins that it is in, as a number of bytes.
    package let statement: Int
    /// Whose value it is in, if one key's.
    package var key: String?
    package let reason: String
    package var remedy: String?
  }

  /// Deeper than TOMLKit's parser goes.
  private static let deepest = 512
  private var depth = 0

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var statement = 0

  /// The line of a key, from 1, or of the table header that names it.
  package subscript(key: [String]) -> Int? { lines[key] }

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    var table: [String] = []
    while true {
      skipBlanks(acrossLines: true)
      guard let byte = peek else { return }
      let start = position
      statement = start
      if byte == UInt8(ascii: "[") {
        if isKeylessHeader { note("expected the name of a table after \"[\"") }
        while peek == UInt8(ascii: "[") { advance() }
        table = keyPath()
        record(table)
        skipLine()
      } else {
        assignment(in: table)
      }
      if position == start { advance() }
    }
  }

  private mutating func assignment(in table: [String]) {
    let key = table + keyPath()
    record(key)
    guard peek == UInt8(ascii: "=") else { return skipLine() }
    advance()
    skipBlanks(acrossLines: false)
    value(of: key)
  }

  private mutating func note(_ reason: String, key: String? = nil, remedy: String? = nil) {
    guard trap == nil else { return }
    trap = Trap(line: line, statement: statement, key: key, reason: reason, remedy: remedy)
  }

  /// Whether something else than a key stands behind the bracket or both brackets here. Of the end
  /// of the file, a closing bracket and a second one that stands apart the parser tells.
  private var isKeylessHeader: Bool {
    let isDouble = peekIs(Array("[[".utf8))
    let rest = bytes[(position + (isDouble ? 2 : 1))...].drop { " \t".utf8.contains($0) }
    guard let byte = rest.first, byte != UInt8(ascii: "]") else { return false }
    return !Self.beginsKey(byte) && (isDouble || byte != UInt8(ascii: "["))
  }

  /// A quote or a character of bare keys (toml.io, v1.0.0).
  private static func beginsKey(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-_\"'".utf8.contains(byte)
    }
  }

  private mutating func record(_ key: [String]) {
    // A dotted key stands for the tables on its way, too. No file nests deep for a reason.
    guard key.count <= 16 else { return }
    for count in 1..<(key.count + 1) where lines[Array(key.prefix(count))] == nil {
      lines[Array(key.prefix(count))] = line
    }
  }
}

extension TOMLKeyLines {
  private mutating func value(of key: [String]) {
    switch peek {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      _ = string()
    case UInt8(ascii: "["):
      advance()
      list(until: UInt8(ascii: "]")) {
        if $0.peek == UInt8(ascii: "}") { $0.note("expected a value or \"]\", saw \"}\"") }
        $0.value(of: key)
      }
    case UInt8(ascii: "{"):
      advance()
      list(until: UInt8(ascii: "}")) { $0.assignment(in: key) }
    default:
      let start = position
      while let byte = peek, !",]}#\n".utf8.contains(byte) { advance() }
      if Self.isDateOrTime(bytes[start..<position]) {
        note(
          "no key takes a date or a time", key: key.joined(separator: "."),
          remedy: "put text into quotes")
      }
    }
  }

  /// Whether a value is a date, a time or what looks like one to the parser: it begins with a digit
  /// and has a colon, or a hyphen that is no exponent's sign.
  ///
  /// No key takes what of this is TOML; of the rest, toml++ fails at too much to tell it apart.
  private static func isDateOrTime(_ value: ArraySlice<UInt8>) -> Bool {
    guard let first = value.first, (0x30...0x39).contains(first) else { return false }
    return zip(value, value.dropFirst()).contains { before, byte in
      byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") && before | 0x20 != UInt8(ascii: "e")
    }
  }

  private mutating func list(until end: UInt8, _ element: (inout Self) -> Void) {
    guard depth < Self.deepest else { return position = bytes.count }
    depth += 1
    defer { depth -= 1 }
    while true {
      skipBlanks(acrossLines: true)
      guard let byte = peek else { return }
      let start = position
      if byte == end { return advance() }
      if byte == UInt8(ascii: ",") {
        advance()
      } else {
        element(&self)
      }
      if position == start { advance() }
    }
  }

  private mutating func keyPath() -> [String] {
    var path: [String] = []
    while true {
      skipBlanks(acrossLines: false)
      if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") {
        path.append(string())
      } else {
        let start = position
        while let byte = peek, Self.isBare(byte) { advance() }
        path.append(String(decoding: bytes[start..<position], as: UTF8.self))
      }
      skipBlanks(acrossLines: false)
      guard peek == UInt8(ascii: ".") else { return path }
      advance()
    }
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    !" \t\r\n.=[]{}#\"',".utf8.contains(byte)
  }

  /// Passes over a string of any of the four kinds and returns what is between the quotes.
  private mutating func string() -> String {
    guard let quote = peek else { return "" }
    let isRaw = quote == UInt8(ascii: "'")
    let isLong = peekIs([quote, quote, quote])
    advance(isLong ? 3 : 1)
    let start = position
    while let byte = peek {
      if byte == UInt8(ascii: "\\"), !isRaw {
        if escapedNUL == nil, isEscapedNUL { escapedNUL = line }
        advance(2)
      } else if byte == quote, !isLong || peekIs([quote, quote, quote]) {
        break
      } else {
        advance()
      }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    advance(isLong ? 3 : 1)
    // A long string may end in up to two quotes of its own.
    while isLong, peek == quote { advance() }
    return text
  }

  private var isEscapedNUL: Bool {
    [#"\u0000"#, #"\U00000000"#, #"\x00"#].contains { peekIs(Array($0.utf8)) }
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func peekIs(_ expected: [UInt8]) -> Bool {
    bytes[position...].starts(with: expected)
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n") { line += 1 }
      position += 1
    }
  }

  private mutating func skipLine() {
    while let byte = peek, byte != UInt8(ascii: "\n") { advance() }
  }

  /// Passes over spaces, and over line ends and comments where a value may go on.
  private mutating func skipBlanks(acrossLines: Bool) {
    while let byte = peek {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): advance()
      case UInt8(ascii: "\n") where acrossLines: advance()
      case UInt8(ascii: "#") where acrossLines: skipLine()
      default: return
      }
    }
  }
}
