// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension UnicodeTable {
  /// Unpacks `UnicodeData`, whose encoding scripts/generate-unicode-tables describes.
  static func decoded() -> (blocks: [UInt16], entries: [UInt32], pool: [UInt32]) {
    var reader = VariableIntegerReader(bytes: decodedBase64(UnicodeData.base64))
    var flat: [UInt32] = []
    flat.reserveCapacity(pointCount)
    var expanding: [UInt32] = []
    for _ in 0..<UnicodeData.runs {
      let header = reader.next()
      let scalarClass = ScalarClass(rawValue: UInt8(header & 7)) ?? .separator
      let offset = header & 8 == 0 ? 0 : reader.nextSigned()
      let combiningClass = scalarClass == .mark ? reader.nextByte() : 0
      let entry = UnicodeEntry(scalarClass, combiningClass: combiningClass, offset: offset)
      for _ in 0...(header >> 4) {
        if scalarClass == .expansion { expanding.append(UInt32(flat.count)) }
        flat.append(entry.bits)
      }
    }
    for syllable in HangulSyllable.range {
      flat[Int(syllable)] = UnicodeEntry(.syllable).bits
    }
    let pool = expand(expanding, in: &flat, from: &reader)
    let (blocks, entries) = sharingBlocks(flat)
    return (blocks, entries, pool)
  }

  /// Reads the expansions and lets the entries of their code points refer to them.
  private static func expand(
    _ points: [UInt32], in flat: inout [UInt32], from reader: inout VariableIntegerReader
  ) -> [UInt32] {
    var pool: [UInt32] = []
    for point in points {
      let length = reader.nextByte()
      let start = Int32(pool.count)
      var scalar = Int32(point)
      for _ in 0..<length {
        scalar += reader.nextSigned()
        let part = UnicodeEntry(bits: flat[Int(scalar)])
        pool.append(
          UnicodeEntry(part.scalarClass, combiningClass: part.combiningClass, offset: scalar).bits)
      }
      flat[Int(point)] =
        UnicodeEntry(.expansion, combiningClass: length, offset: start).bits
    }
    return pool
  }

  /// Splits the flat table into blocks and stores equal ones once.
  private static func sharingBlocks(_ flat: [UInt32]) -> (blocks: [UInt16], entries: [UInt32]) {
    var blocks: [UInt16] = []
    var entries: [UInt32] = []
    var known: [ArraySlice<UInt32>: UInt16] = [:]
    for start in stride(from: 0, to: pointCount, by: blockSize) {
      let block = flat[start..<start + blockSize]
      if let number = known[block] {
        blocks.append(number)
      } else {
        let number = UInt16(entries.count / blockSize)
        known[block] = number
        entries.append(contentsOf: block)
        blocks.append(number)
      }
    }
    return (blocks, entries)
  }

  private static func decodedBase64(_ text: StaticString) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8CodeUnitCount / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for index in 0..<text.utf8CodeUnitCount {
      let digit: UInt8
      switch text.utf8Start[index] {
      case let byte where byte >= 0x61: digit = byte - 0x61 + 26
      case let byte where byte >= 0x41: digit = byte - 0x41
      case let byte where byte >= 0x30 && byte <= 0x39: digit = byte - 0x30 + 52
      case 0x2B: digit = 62
      case 0x2F: digit = 63
      default: continue  // the padding, which stands at the end only
      }
      bits = bits << 6 | UInt32(digit)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
