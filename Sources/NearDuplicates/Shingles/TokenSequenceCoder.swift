// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The form in which a document's tokens are stored: four bytes each, least significant first.
///
/// What the numbers mean is up to `FingerprintScheme.version`, which is stored beside them.
package enum TokenSequenceCoder {
  package static func encode(_ tokens: [UInt32]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: tokens.count * 4) { output, count in
      for token in tokens {
        UnsafeMutableRawBufferPointer(output).storeBytes(
          of: token.littleEndian, toByteOffset: count, as: UInt32.self)
        count += 4
      }
    }
  }

  /// Nil when the bytes are not a whole number of tokens.
  package static func decode(_ bytes: UnsafeRawBufferPointer) -> [UInt32]? {
    guard bytes.count % 4 == 0 else { return nil }
    return [UInt32](unsafeUninitializedCapacity: bytes.count / 4) { output, count in
      while count < bytes.count / 4 {
        let token = bytes.loadUnaligned(fromByteOffset: count * 4, as: UInt32.self)
        output.initializeElement(at: count, to: UInt32(littleEndian: token))
        count += 1
      }
    }
  }

  /// Nil when the bytes are not a whole number of tokens.
  package static func decode(_ bytes: [UInt8]) -> [UInt32]? {
    bytes.withUnsafeBytes { decode($0) }
  }
}
