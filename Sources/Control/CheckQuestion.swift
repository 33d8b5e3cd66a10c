// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import NearDuplicates

/// A text that is asked about: what a check of it needs, without the text itself.
///
/// On the socket: a line "check", the version of the fingerprints and the number of bytes that
/// follow it: 32 of the SHA-256, then the words as the state stores them.
package struct CheckQuestion: Sendable, Equatable {
  /// About 250,000 words. As many as there are connections may be held at a time; a longer text is
  /// checked by who asks, on the state.
  package static let byteLimit = 1 << 20
  private static let digestBytes = 32

  /// The SHA-256 of the file.
  package let digest: [UInt8]
  package let tokens: TokenSequence

  /// The first line of the request, taken apart.
  package struct Header: Equatable {
    package static let word = "check"

    package var scheme: Int
    package var byteCount: Int

    package var line: String { "\(Self.word) \(scheme) \(byteCount)\n" }

    package init(scheme: Int, byteCount: Int) {
      self.scheme = scheme
      self.byteCount = byteCount
    }

    package init?(_ line: String) {
      let parts = line.split(separator: " ")
      guard parts.count == 3, parts[0] == Self.word, let scheme = Int(parts[1]),
        let count = Int(parts[2]), count >= 0
      else { return nil }
      (self.scheme, byteCount) = (scheme, count)
    }
  }

  /// The whole request; nil when the text is too long to be asked about.
  package var request: [UInt8]? {
    let stored = TokenSequenceCoder.encode(tokens)
    let header = Header(
      scheme: FingerprintScheme.version, byteCount: digest.count + stored.count)
    guard header.byteCount <= Self.byteLimit else { return nil }
    return Array(header.line.utf8) + digest + stored
  }

  init(digest: [UInt8], tokens: TokenSequence) {
    self.digest = digest
    self.tokens = tokens
  }

  /// Nil when it is not what follows the line of a request.
  package init?(payload: ArraySlice<UInt8>) {
    guard payload.count >= Self.digestBytes,
      let tokens = TokenSequenceCoder.decode(Array(payload.dropFirst(Self.digestBytes)))
    else { return nil }
    digest = Array(payload.prefix(Self.digestBytes))
    self.tokens = tokens
  }
}
