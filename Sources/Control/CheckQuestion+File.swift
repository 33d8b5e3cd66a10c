// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Crypto
package import NearDuplicates

extension CheckQuestion {
  /// - Parameters:
  ///   - bytes: The file.
  ///   - fingerprint: Of the same bytes.
  package init(_ bytes: [UInt8], _ fingerprint: Fingerprint) {
    var digest = SHA256()
    bytes.withUnsafeBytes { digest.update(bufferPointer: $0) }
    self.init(
      digest: Array(digest.finalize()),
      tokens: TokenSequence(tokens: fingerprint.tokens, traits: fingerprint.traits))
  }
}
