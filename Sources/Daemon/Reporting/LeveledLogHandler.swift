// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Logging
internal import Synchronization

/// The level in force for all copies of a logger; a reload changes it.
package final class SharedLogLevel: Sendable {
  private let level: Mutex<Logger.Level>

  package init(_ level: Logger.Level) { self.level = Mutex(level) }

  var value: Logger.Level {
    get { level.withLock { $0 } }
    set { level.withLock { $0 = newValue } }
  }
}

/// A log handler whose level can be changed for all loggers that were made of it.
///
/// A logger is a value: setting its level changes that copy only, which is kept for those who want
/// it, and asks the shared level otherwise.
struct LeveledLogHandler: LogHandler {
  private var handler: any LogHandler
  private let shared: SharedLogLevel
  private var own: Logger.Level?

  init(_ handler: any LogHandler, _ shared: SharedLogLevel) {
    self.handler = handler
    self.shared = shared
    // What comes here has passed the level; the handler below is not to judge again.
    self.handler.logLevel = .trace
  }

  var logLevel: Logger.Level {
    get { own ?? shared.value }
    set { own = newValue }
  }

  var metadata: Logger.Metadata {
    get { handler.metadata }
    set { handler.metadata = newValue }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { handler[metadataKey: key] }
    set { handler[metadataKey: key] = newValue }
  }

  func log(event: LogEvent) { handler.log(event: event) }
}
