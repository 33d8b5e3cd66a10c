// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import NearDuplicates

/// What came of reading a file.
package enum Reading: Sendable {
  case document(ReadText)
  /// Not a document: why, and with what numbers.
  case skipped(Cause, detail: String)

  /// The words are those of the cluster log.
  package enum Cause: String, Sendable {
    case empty, binary, undecodable, unreadable
    case tooLarge = "too-large"
    case noExtractor = "no-extractor"
  }
}

/// A document's text as it is compared, and what it says of itself.
package struct ReadText: Sendable, Equatable {
  package let fingerprint: Fingerprint
  package let description: DocumentDescription
}
