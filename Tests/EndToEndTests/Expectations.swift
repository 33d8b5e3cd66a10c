// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// Expects the log to keep its promises: whole lines, no gap, no repeat, and the schema's shape.
func expectSound(
  _ lines: ClusterLogLines, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(lines.brokenPromises == [], sourceLocation: sourceLocation)
  #expect(try lines.schemaViolations() == [], sourceLocation: sourceLocation)
}

extension Tag {
  /// The job the daemon is for.
  @Tag static var acceptance: Self
  /// Kills, torn files, restarts.
  @Tag static var durability: Self
  /// What arrives that should not.
  @Tag static var badInput: Self
  /// The sd_notify protocol, signals and exit statuses.
  @Tag static var service: Self
}
