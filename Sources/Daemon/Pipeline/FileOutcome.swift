// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ClusterLog
package import NearDuplicates

/// What a worker found out about a file.
package struct FileOutcome: Sendable {
  package enum Result: Sendable {
    /// Read whole and unchanged during the read.
    case document(ReadDocument)
    /// Not a document: why, in the words of the cluster log.
    case skipped(SkipReason, detail: String)
    /// Open for writing, or changed while it was read: to be tried again later.
    case unsettled
    /// As recorded already: nothing to do.
    case unchanged
    /// Deleted or moved away, where deletions count.
    case gone
    /// The machine could not, for reasons that have nothing to do with the file (EMFILE, ENOMEM).
    case failed(errno: Int32)
  }

  package var key: DroppedFile
  /// nil when the file could not be looked at.
  package var identity: FileIdentity?
  package var result: Result
  package var attempts: Int

  package init(key: DroppedFile, identity: FileIdentity?, result: Result, attempts: Int) {
    self.key = key
    self.identity = identity
    self.result = result
    self.attempts = attempts
  }
}

/// The content of a file, as far as it goes on: its digest and what clustering needs, not its bytes.
package struct ReadDocument: Sendable {
  /// SHA-256 of the bytes, 32 bytes (FIPS 180-4).
  package var digest: [UInt8]
  package var prepared: PreparedDocument

  package var fingerprint: Fingerprint { prepared.fingerprint }

  package init(digest: [UInt8], prepared: PreparedDocument) {
    self.digest = digest
    self.prepared = prepared
  }
}
