// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ClusterLog
package import NearDuplicates

/// What a worker found out about a file.
package struct FileOutcome: Sendable {
  /// What a look at a file can come to.
  package enum Result: Sendable {
    /// Read whole and unchanged during the read.
    case document(ReadDocument)
    /// Read to its end: each of its members had an outcome of its own.
    case container
    /// Read in part: others have their turn before it goes on where it was.
    case interrupted
    /// Not a document: why, in the words of the cluster log.
    case skipped(SkipReason, detail: String)
    /// Open for writing, or changed while it was read: to be tried again later.
    case unsettled
    /// As recorded already: nothing to do.
    case unchanged
    /// Deleted or moved away, where deletions count.
    case gone
    /// It could not be opened, for reasons that have nothing to do with the file: the machine is
    /// short of something (EMFILE, ENOMEM), or the drop directory cannot be opened.
    case failed(errno: Int32)
  }

  /// The file; of a member of a container its name in that as well (``MemberPath``).
  package var key: DroppedFile
  /// nil when the file could not be looked at; of a member it has the size.
  package var identity: FileIdentity?
  /// SHA-256 of a member's bytes, 32 bytes; nil for files.
  package var memberDigest: [UInt8]?
  /// What was found out.
  package var result: Result
  /// How often in a row the file had been found open or changing before this look.
  package var attempts: Int
  /// When the settled file was taken in, nanoseconds on the monotonic clock; 0 when unknown.
  package var arrived: UInt64 = 0
  /// Whether a scan found the file, which may have its record already; see ``FileJob``.
  package var mayBeRecorded = false
  /// What was known of writers when the file was looked at.
  package var signs = WritingSigns()
  /// How an unsettled file was found, where only time tells.
  package var seen: SeenFile?
  /// When another look at an unsettled file is worth it, in nanoseconds; nil where that is unknown.
  package var wait: UInt64?
  /// SHA-256 of the bytes of a file that was skipped for what is in it; nil otherwise.
  package var skippedDigest: [UInt8]?
  /// Unchanged since it was skipped: there is no record that lets it be moved away.
  package var wasSkipped = false

  /// Whether nothing was found out that another look could not change.
  var isToBeTriedAgain: Bool {
    switch result {
    case .unsettled, .failed: true
    case .document, .container, .interrupted, .skipped, .unchanged, .gone: false
    }
  }

  /// Whether the file has its record once this outcome is committed. One that had it before can
  /// have stayed where it was to be moved away from, so that the next scan tries again.
  var isRecorded: Bool {
    // A container is not recorded before its last member is.
    if memberDigest != nil { return false }
    return switch result {
    case .document, .container: true
    case .unchanged: !wasSkipped
    case .skipped, .interrupted, .unsettled, .gone, .failed: false
    }
  }

  /// Whether it, or what came before it, keeps much in memory.
  var holdsText: Bool {
    switch result {
    case .document, .container, .interrupted: true
    case .skipped, .unsettled, .unchanged, .gone, .failed: false
    }
  }

  /// Puts together what a look came to.
  package init(key: DroppedFile, identity: FileIdentity?, result: Result, attempts: Int) {
    self.key = key
    self.identity = identity
    self.result = result
    self.attempts = attempts
  }
}

extension FileOutcome {
  /// That of a job before anything was found out.
  init(_ job: FileJob) {
    self.init(key: job.key, identity: nil, result: .gone, attempts: job.attempts)
    arrived = job.arrived
    mayBeRecorded = job.mayBeRecorded
    signs = job.signs
  }
}

/// The content of a file, as far as it goes on: its digest and what clustering
/// needs, not its bytes.
package struct ReadDocument: Sendable {
  /// SHA-256 of the bytes, 32 bytes (FIPS 180-4).
  package var digest: [UInt8]
  /// What the text is compared by, as far as it can be made ready without the other documents.
  package var prepared: PreparedDocument
  /// What it says of itself.
  package var description: SelfDescription
  /// Its tokens in the form in which the state keeps them.
  package let stored: [UInt8]

  package var fingerprint: Fingerprint { prepared.fingerprint }

  /// Makes the content of a file from a digest of 32 bytes and its fingerprint.
  package init(
    digest: [UInt8], prepared: PreparedDocument, description: SelfDescription = .init()
  ) {
    self.digest = digest
    self.prepared = prepared
    self.description = description
    stored = TokenSequenceCoder.encode(
      tokens: prepared.fingerprint.tokens, traits: prepared.fingerprint.traits)
  }
}
