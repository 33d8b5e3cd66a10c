// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Logging

/// Composes "message key=value key="two words"": one line, whatever the values hold.
struct LogLine {
  /// Metadata with this key chooses MESSAGE_ID and is not shown.
  static let messageIdentifierKey = "message-id"
  private static let prefix = "neardupd."

  private(set) var text: String

  init(message: String, metadata: [(key: String, value: Logger.MetadataValue)]) {
    text = Self.escaped(message, quoted: false)
    for (key, value) in metadata {
      text += " " + Self.shortened(key) + "=" + Self.readable(value)
    }
  }

  /// What is said of messages that nobody read.
  static func loss(_ count: Int) -> String {
    let (messages, were) = count == 1 ? ("message", "was") : ("messages", "were")
    return "\(count) \(messages) \(were) lost: nobody read what is written here"
  }

  /// The handler's own, the provider's and the entry's metadata, the later over the earlier.
  static func merged(
    _ own: Logger.Metadata, _ provider: Logger.MetadataProvider?, _ event: LogEvent
  ) -> [(key: String, value: Logger.MetadataValue)] {
    var all = own
    if let provider { all.merge(provider.get()) { $1 } }
    if let entry = event.metadata { all.merge(entry) { $1 } }
    if let error = event.error { all["error"] = .string(String(describing: error)) }
    // Sorted, so that the same entry always reads the same.
    return all.sorted { $0.key < $1.key }
  }

  /// All of it is the daemon's: its own prefix says nothing in its own journal.
  private static func shortened(_ key: String) -> String {
    escaped(key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : key, quoted: false)
  }

  private static func readable(_ value: Logger.MetadataValue) -> String {
    if case .stringConvertible(let convertible) = value, let raw = convertible as? LogBytes,
      !raw.isText
    {
      return "\"" + raw.bytes.map(escapedByte).joined() + "\""
    }
    let text = value.description
    let needsQuotes =
      text.isEmpty || text.contains { $0 == " " || $0 == "\"" || $0 == "=" || $0 == "\\" }
    return needsQuotes ? "\"" + escaped(text, quoted: true) + "\"" : escaped(text, quoted: false)
  }

  /// One byte of what is no text: ASCII as in any value, \xE9 for the others.
  private static func escapedByte(_ byte: UInt8) -> String {
    byte < 0x80
      ? escaped(String(Unicode.Scalar(byte)), quoted: true)
      : "\\x" + String(byte, radix: 16, uppercase: true)
  }

  /// Control and formatting characters become visible: a name must not forge lines or colours.
  private static func escaped(_ text: String, quoted: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\"" where quoted, "\\" where quoted:
        result += "\\"
        result.unicodeScalars.append(scalar)
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
          result += "\\u{" + String(scalar.value, radix: 16) + "}"
        default:
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }
}
