// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Logging

/// The fields of one journal entry, as sd_journal_sendv(3) takes them; pure.
package struct JournalEntry: Sendable, Equatable {
  package struct Field: Sendable, Equatable {
    package var name: String
    /// Any bytes: several lines, and what is not text, are allowed.
    package var value: [UInt8]

    package init(_ name: String, _ value: [UInt8]) {
      self.name = name
      self.value = value
    }

    init(_ name: String, _ value: String) {
      self.init(name, Array(value.utf8))
    }
  }

  package private(set) var fields: [Field]

  init(
    identifier: String, event: LogEvent,
    metadata: [(key: String, value: Logger.MetadataValue)]
  ) {
    let identified = metadata.first { $0.key == LogLine.messageIdentifierKey }?.value.description
    let messageIdentifier = identified.flatMap(Self.messageIdentifier)
    // A malformed identifier is shown like any other value, or nobody would ever notice.
    let shown = metadata.filter {
      messageIdentifier == nil || $0.key != LogLine.messageIdentifierKey
    }
    let line = LogLine(message: event.message.description, metadata: shown)
    fields = [
      Field("MESSAGE", line.text),
      Field("PRIORITY", String(SyslogPriority(event.level).rawValue)),
      Field("SYSLOG_IDENTIFIER", identifier),
      Field("CODE_FILE", event.file),
      Field("CODE_LINE", String(event.line)),
      Field("CODE_FUNC", event.function),
    ]
    if let messageIdentifier { fields.append(Field("MESSAGE_ID", messageIdentifier)) }
    for (key, value) in shown {
      fields.append(Field(JournalFieldName.from(metadataKey: key), Self.bytes(value)))
    }
  }

  /// 32 hexadecimal digits, in lower case; nil for anything else.
  private static func messageIdentifier(_ text: String) -> String? {
    let plain = text.lowercased()
    let isValid =
      plain.utf8.count == 32
      && plain.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    return isValid ? plain : nil
  }

  private static func bytes(_ value: Logger.MetadataValue) -> [UInt8] {
    if case .stringConvertible(let convertible) = value, let raw = convertible as? LogBytes {
      return raw.bytes
    }
    return Array(value.description.utf8)
  }

  /// Sends the entry to the journal; 0, or a negative errno, ENOENT where there is no journal.
  package func send() -> Int32 {
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    for field in fields {
      let start = bytes.count
      bytes += field.name.utf8
      bytes.append(0x3D)
      bytes += field.value
      ranges.append(start..<bytes.count)
    }
    return SystemCalls.journalSend(bytes, fields: ranges)
  }
}
