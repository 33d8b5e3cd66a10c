// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What came of reading a document.
package enum FingerprintOutcome: Sendable, Equatable {
  /// Text; it may be without words.
  case document(Fingerprint)
  /// Not text: a NUL at this offset in bytes.
  case binary(offset: Int)
  /// Not UTF-8 from this offset on.
  case malformed(offset: Int)
  /// No bytes, or only white space.
  case empty
}
