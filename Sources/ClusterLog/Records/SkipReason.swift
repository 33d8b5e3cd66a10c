// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Why a file was not taken, with the words of the log's `reason` field.
package enum SkipReason: String, Sendable, Equatable, CaseIterable {
  case empty
  case binary
  case tooLarge = "too-large"
  case tooShort = "too-short"
  case unreadable
  /// Bytes that no encoding makes words of.
  case undecodable
  /// A format that another program reads, and that program is not there.
  case noExtractor = "no-extractor"
  case notRegular = "not-regular"
  case vanished
  case unstable
  case excludedLink = "excluded-link"
}
