// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The rules by which bytes become hashes, as a whole.
package enum FingerprintScheme {
  /// Changes whenever equal bytes would give other tokens, hashes or stored forms.
  ///
  /// Kept with every stored fingerprint; fingerprints of different versions are never compared.
  /// 2: traits are stored with the tokens; the lines of HTML are its blocks, not those
  /// of its source.
  /// 3: traits say which words are capitalised and which begin a line; stories are kept.
  /// 4: words are folded as readers read them; letters of scripts without spaces that have few of
  /// them are taken with those before, and spaced letters are put together; the terms of
  /// stories are kept with what stands around them.
  package static let version = 4

  /// Words per shingle of the sketch.
  package static let shingleLength = 3
}
