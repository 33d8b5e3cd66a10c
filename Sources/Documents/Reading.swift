// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import NearDuplicates

/// What came of reading a file.
package enum Reading: Sendable {
  case document(ReadText)
  /// Not a document: why, and with what numbers.
  case skipped(Cause, detail: String)
  /// A program that is to read it could not be started for want of something, or was stopped
  /// (EINTR): that says nothing of the document.
  case failed(errno: Int32)

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
