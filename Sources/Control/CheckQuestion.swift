// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Documents
package import NearDuplicates

/// A text that is asked about: what a check of it needs, without the text itself.
///
/// On the socket: a line "check", the version of the fingerprints, the number of bytes that follow
/// it and, where that matters, when the text was published, in microseconds since the epoch; then
/// 32 bytes of the SHA-256, and the words as the state stores them.
package struct CheckQuestion: Sendable, Equatable {
  /// About 250,000 words. As many as there are connections may be held at a time; a longer text is
  /// checked by who asks, on the state.
  package static let byteLimit = 1 << 20
  private static let digestBytes = 32

  /// The SHA-256 of the file.
  package let digest: [UInt8]
  package let tokens: TokenSequence
  /// When the text says that it was published; nil where that is not asked.
  package var published: PublishedMoment?

  /// The first line of the request, taken apart.
  package struct Header: Equatable {
    package static let word = "check"

    package var scheme: Int
    package var byteCount: Int
    package var published: Int64?

    package var line: String {
      let moment = published.map { " \($0)" } ?? ""
      return "\(Self.word) \(scheme) \(byteCount)\(moment)\n"
    }

    package init(scheme: Int, byteCount: Int, published: Int64? = nil) {
      self.scheme = scheme
      self.byteCount = byteCount
      self.published = published
    }

    package init?(_ line: String) {
      let parts = line.split(separator: " ")
      guard 3...4 ~= parts.count, parts[0] == Self.word, let scheme = Int(parts[1]),
        let count = Int(parts[2]), count >= 0
      else { return nil }
      (self.scheme, byteCount) = (scheme, count)
      guard parts.count == 4 else { return }
      // Of years with four digits.
      guard let moment = Int64(parts[3]), moment.magnitude < 1 << 58 else { return nil }
      published = moment
    }
  }

  /// The whole request; nil when the text is too long to be asked about.
  package var request: [UInt8]? {
    let stored = TokenSequenceCoder.encode(tokens)
    let header = Header(
      scheme: FingerprintScheme.version, byteCount: digest.count + stored.count,
      published: published?.microseconds)
    guard header.byteCount <= Self.byteLimit else { return nil }
    return Array(header.line.utf8) + digest + stored
  }

  init(digest: [UInt8], tokens: TokenSequence) {
    self.digest = digest
    self.tokens = tokens
  }

  /// Nil when it is not what follows the line of a request.
  package init?(payload: ArraySlice<UInt8>, published: Int64? = nil) {
    guard payload.count >= Self.digestBytes,
      let tokens = TokenSequenceCoder.decode(Array(payload.dropFirst(Self.digestBytes)))
    else { return nil }
    digest = Array(payload.prefix(Self.digestBytes))
    self.tokens = tokens
    self.published = published.map { PublishedMoment(microseconds: $0) }
  }
}
