// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Logging
import Synchronization

/// The last warning or error that was logged, kept for the status.
package final class RecentProblem: Sendable {
  package struct Entry: Sendable, Equatable {
    package var level: Logger.Level
    /// Message and metadata as one readable line.
    package var text: String
    /// Since 1970, UTC.
    package var time: Duration
  }

  private let entry = Mutex<Entry?>(nil)

  package init() {}

  package var latest: Entry? { entry.withLock { $0 } }

  func remember(_ entry: Entry) { self.entry.withLock { $0 = entry } }
}

/// Notes warnings and worse in a ``RecentProblem``; another handler writes them.
package struct RecentProblemLogHandler: LogHandler {
  package var logLevel: Logger.Level = .warning
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?

  private let problem: RecentProblem

  package init(_ problem: RecentProblem) { self.problem = problem }

  package subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    guard event.level >= .warning else { return }
    let shown = LogLine.merged(metadata, metadataProvider, event).filter {
      $0.key != LogLine.messageIdentifierKey
    }
    let line = LogLine(message: event.message.description, metadata: shown)
    problem.remember(
      .init(level: event.level, text: line.text, time: SystemCalls.wallClock()))
  }
}
