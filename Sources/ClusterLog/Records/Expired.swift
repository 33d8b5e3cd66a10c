// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Documents went beyond the horizon: they take no part in decisions any more.
package struct Expired: Sendable, Equatable {
  /// The last of them; all before it have gone as well.
  package var through: UInt32
  /// How many went.
  package var documents: Int
  /// How many clusters went with them, of which no member is left.
  package var clusters: Int
  package var because: ExpiryReason

  /// Makes a value from its fields.
  package init(through: UInt32, documents: Int, clusters: Int, because: ExpiryReason) {
    self.through = through
    self.documents = documents
    self.clusters = clusters
    self.because = because
  }
}

/// What ended documents: a key of `[retention]`.
package enum ExpiryReason: String, Sendable, CaseIterable {
  case window
  case documents
  case memory
}
