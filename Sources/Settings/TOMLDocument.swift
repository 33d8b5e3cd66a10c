// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration
import TOMLKit

/// A TOML file taken apart into its leaves, each with the line its key stands on.
///
/// TOMLKit never frees what it parsed, some 10 KB for a full file. So a file is parsed once per
/// start or reload, and nothing may poll it.
struct TOMLDocument: Sendable {
  enum Leaf: Sendable, Equatable {
    case value(ConfigContent)
    /// Something no key can hold, by its name for messages: "a table", "a list of other things".
    case foreign(String)
  }

  /// The leaves by the components of their keys; a table without leaves is one itself.
  private(set) var leaves: [[String]: Leaf] = [:]
  package let lines: TOMLKeyLines
  /// The file as messages name it.
  package let name: String

  /// Parses a file's bytes; the error carries the line.
  package init(_ bytes: [UInt8], name: String) throws(ConfigurationError) {
    self.name = name
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let line = Self.firstLine(of: bytes) { String(validating: $0, as: UTF8.self) == nil }
      throw ConfigurationError(.file(name, line: line), "not valid UTF-8", remedy: nil)
    }
    guard !bytes.contains(0) else {
      // The parser is given a C string and would stop here without a word.
      let line = Self.firstLine(of: bytes) { $0.contains(0) }
      throw ConfigurationError(.file(name, line: line), "holds a NUL character")
    }
    lines = TOMLKeyLines(bytes)
    if let trap = lines.trap {
      // What is wrong before it, the parser tells.
      _ = try Self.parse(String(decoding: bytes[..<trap.statement], as: UTF8.self), name)
      throw ConfigurationError(
        .file(name, line: trap.line), key: trap.key, trap.reason, remedy: trap.remedy)
    }
    let root = try Self.parse(text, name)
    if let line = lines.escapedNUL {
      throw ConfigurationError(.file(name, line: line), "holds a NUL character")
    }
    collect(root, at: [])
  }

  private static func parse(
    _ text: String, _ name: String
  ) throws(ConfigurationError) -> TOMLTable {
    do {
      return try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw ConfigurationError(.file(name, line: error.source.begin.line), error.description)
    } catch {
      throw ConfigurationError(.file(name, line: nil), "\(error)")
    }
  }

  /// The origin of a key's value, with its line.
  package func origin(of key: [String]) -> ConfigurationOrigin {
    .file(name, line: lines[key])
  }

  private mutating func collect(_ table: TOMLTable, at path: [String]) {
    for key in table.keys {
      guard let value = table[key] else { continue }
      if let inner = value.table, !inner.isEmpty {
        collect(inner, at: path + [key])
      } else {
        leaves[path + [key]] = Self.leaf(value)
      }
    }
  }

  private static func leaf(_ value: any TOMLValueConvertible) -> Leaf {
    if let value = value.bool { return .value(.bool(value)) }
    if let value = value.int { return .value(.int(value)) }
    if let value = value.double { return .value(.double(value)) }
    if let value = value.string { return .value(.string(value)) }
    guard let array = value.array else { return .foreign("a \(value.type)") }
    let texts = array.compactMap(\.string)
    guard texts.count == array.count else { return .foreign("a list of other things") }
    return .value(.stringArray(texts))
  }

  /// The number of the first line that something is true of.
  private static func firstLine(
    of bytes: [UInt8], where isFound: (ArraySlice<UInt8>) -> Bool
  ) -> Int? {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .firstIndex(where: isFound).map { $0 + 1 }
  }
}
