// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The daemon's answer to a ``ControlRequest``; exactly one of the optional parts is there.
package struct ControlReply: Codable, Sendable, Equatable {
  /// The version of what is said here; a field may be added without a new one.
  package var schema = 1
  package var status: StatusReport?
  package var reload: ReloadReport?
  package var rescan: RescanReport?
  package var check: CheckReport?
  package var erasure: ErasureReport?
  /// Why the request was not served.
  package var error: String?

  package init(status: StatusReport) { self.status = status }
  package init(reload: ReloadReport) { self.reload = reload }
  package init(rescan: RescanReport) { self.rescan = rescan }
  package init(check: CheckReport) { self.check = check }
  package init(erasure: ErasureReport) { self.erasure = erasure }
  package init(error: String) { self.error = error }
}

/// What a reload came to.
package struct ReloadReport: Codable, Sendable, Equatable {
  /// The keys whose new values are in force.
  package var applied: [String]
  /// The keys whose new values wait for a restart.
  package var needsRestart: [String]
  /// Why the configuration was rejected: the old one stays in force, then nothing was applied.
  package var rejected: String?

  package init(applied: [String] = [], needsRestart: [String] = [], rejected: String? = nil) {
    self.applied = applied
    self.needsRestart = needsRestart
    self.rejected = rejected
  }
}

/// That a scan will come.
package struct RescanReport: Codable, Sendable, Equatable {
  /// The drop directories that will be scanned.
  package var directories: Int

  package init(directories: Int) { self.directories = directories }
}

/// What became of a request to forget documents.
package struct ErasureReport: Codable, Sendable, Equatable {
  /// How many are forgotten; those that were not there are not counted.
  package var documents: Int
  /// The clusters that they were in.
  package var clusters: Int
  /// Whether nothing is left of them in free pages and the write-ahead log either; false while
  /// somebody reads an older state, or for want of room.
  package var isScrubbed = true

  package init(documents: Int, clusters: Int) {
    self.documents = documents
    self.clusters = clusters
  }
}
