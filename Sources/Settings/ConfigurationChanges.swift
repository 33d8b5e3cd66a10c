// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What differs between two configurations, by the keys' paths, in the order of the table.
package struct ConfigurationChanges: Sendable, Equatable {
  /// The keys whose new values take effect at once.
  package var applied: [String] = []
  /// The keys whose new values wait for a restart.
  package var needsRestart: [String] = []
}
