// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Logging

/// Sends log entries to the journal with their metadata as fields (sd_journal_sendv(3)).
///
/// The message is constant and followed by " key=value" pairs, so that plain `journalctl` says
/// everything; `journalctl NEARDUPD_PATH=…` finds by field. An entry the journal does not take
/// goes to standard error.
package struct JournalLogHandler: LogHandler {
  package var logLevel: Logger.Level = .info
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?

  private let identifier: String
  private let send: @Sendable (JournalEntry) -> Int32
  private var fallback: StandardErrorLogHandler

  /// - Parameters:
  ///   - identifier: SYSLOG_IDENTIFIER, the name at the head of each line of `journalctl`.
  ///   - send: 0, or a negative errno; tests put a journal that fails here.
  package init(
    identifier: String, fallback: StandardErrorLogHandler = StandardErrorLogHandler(),
    send: @escaping @Sendable (JournalEntry) -> Int32
  ) {
    self.identifier = identifier
    self.fallback = fallback
    self.send = send
  }

  package subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let merged = LogLine.merged(metadata, metadataProvider, event)
    let entry = JournalEntry(identifier: identifier, event: event, metadata: merged)
    if send(entry) < 0 { fallback.write(event, merged) }
  }
}
