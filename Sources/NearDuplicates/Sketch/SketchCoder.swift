// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The stored form of a sketch: its threshold, then its hashes, 8 bytes each, little endian.
package enum SketchCoder {
  package static func encode(_ sketch: Sketch) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 * (sketch.hashes.count + 1))
    for value in [sketch.threshold] + sketch.hashes {
      withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// Nil when the bytes are not a sketch.
  package static func decode(_ bytes: RawSpan) -> Sketch? {
    guard bytes.byteCount >= 8, bytes.byteCount % 8 == 0 else { return nil }
    func value(_ place: Int) -> UInt64 {
      UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 8 * place, as: UInt64.self))
    }
    return Sketch(hashes: (1..<(bytes.byteCount / 8)).map(value), threshold: value(0))
  }
}
