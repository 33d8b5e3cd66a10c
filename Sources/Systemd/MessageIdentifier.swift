// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Logging

/// MESSAGE_ID of the entries that programs and the journal catalogue look for (journalctl -x).
///
/// Random 128-bit numbers, made once: other programs depend on them, so they never change and are
/// never used for another meaning. systemd/neardupd.catalog explains each to its reader.
package enum MessageIdentifier: String, CaseIterable, Sendable {
  case started = "4bcaf08bb21b4b27aa4cec1c32012d52"
  case stopped = "c6c13e92b9b5420c84fc8abda82dd880"
  case configurationReloaded = "8eb4ea69d3e2453da88d121fd1912d57"
  case configurationRejected = "602fd37a81f141319ffc91bbc9e63e69"
  case watchLimitReached = "4491f613b7d5420daca07cc9ca47b2b6"
  case queueOverflowed = "c5383aea3d9645389bc585c20067a516"
  case dropDirectoryMissing = "ed4b4ed2084c4fbe85e2771fb0a20488"
  case dropDirectoryBack = "df494057d0524967bb9fb6832cea7348"
  case pollingInstead = "dbdc0aaf03364eb9b16ea6cbee457b59"
  case diskFull = "5c50e3e7a12d40408407e4a2ec87f769"
  case diskFullOver = "b0428693e9a64337ac30db96071b1cec"
  case stateFailed = "6958587020654177a3ce3902cda66161"
  case documentSkipped = "33c24ffa8631491ea8d3da6515fd3f7d"
  case summary = "6cb646e788fe4ab7953afd7a47409319"
  case logReopened = "d2cfe29466bf4b109d01320e3ea88b98"
  case recovered = "9966a3008a4d4dc2961602a1027a902b"

  /// The metadata key under which the log handlers look for it.
  package static let metadataKey = LogLine.messageIdentifierKey

  /// For a call such as `logger.info("started", metadata: MessageIdentifier.started.metadata)`.
  package var metadata: Logger.Metadata { with([:]) }

  /// The same with what varies.
  package func with(_ more: Logger.Metadata) -> Logger.Metadata {
    more.merging([Self.metadataKey: .string(rawValue)]) { $1 }
  }
}
