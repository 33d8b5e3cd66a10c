// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Decompresses a member of a gzip file (RFC 1952, DEFLATE: RFC 1951) that is there as a whole.
///
/// Time and memory are linear in the output, which is limited.
struct GzipMember {
  enum Trouble: Error {
    /// The bytes end before the member does.
    case exhausted
    case tooLarge
    case malformed
  }

  /// What came out, as far as it did when there was trouble.
  private(set) var output: [UInt8] = []

  private let limit: Int
  private var bits: BitReader

  /// - Parameter limit: The most bytes of output.
  init(_ bytes: UnsafeRawBufferPointer, limit: Int) {
    bits = BitReader(bytes)
    self.limit = limit
  }

  static func begins(_ lent: LentBytes, at place: Int = 0) -> Bool {
    lent.byte(at: place) == 0x1F && lent.byte(at: place + 1) == 0x8B
      && lent.byte(at: place + 2) == 8
  }

  /// Answers how many bytes the member takes.
  mutating func inflate() throws(Trouble) -> Int {
    try skipHeader()
    var isLast = false
    while !isLast {
      isLast = try bits.take(1) == 1
      switch try bits.take(2) {
      case 0: try copyStored()
      case 1: try decode(Self.fixedLengths, Self.fixedDistances)
      case 2:
        let codes = try dynamicCodes()
        try decode(codes.lengths, codes.distances)
      default: throw .malformed
      }
    }
    bits.alignToByte()
    let sum = UInt32(try bits.take(16)) | UInt32(try bits.take(16)) << 16
    let size = UInt32(try bits.take(16)) | UInt32(try bits.take(16)) << 16
    guard sum == CheckSum.crc32(output), size == UInt32(truncatingIfNeeded: output.count) else {
      throw .malformed
    }
    return bits.position
  }

  private mutating func skipHeader() throws(Trouble) {
    guard try bits.take(16) == 0x8B1F, try bits.take(8) == 8 else { throw .malformed }
    let flags = try bits.take(8)
    for _ in 0..<6 { _ = try bits.take(8) }
    if flags & 4 != 0 {
      for _ in 0..<(try bits.take(16)) { _ = try bits.take(8) }
    }
    // A name and a comment, each with a NUL at its end.
    for flag in [8, 16] where flags & flag != 0 {
      while try bits.take(8) != 0 {}
    }
    if flags & 2 != 0 { _ = try bits.take(16) }
  }

  private mutating func copyStored() throws(Trouble) {
    bits.alignToByte()
    let count = try bits.take(16)
    guard try bits.take(16) == ~count & 0xFFFF else { throw .malformed }
    guard output.count + count <= limit else { throw .tooLarge }
    for _ in 0..<count { output.append(UInt8(try bits.take(8))) }
  }

  private mutating func decode(
    _ lengths: PrefixCode, _ distances: PrefixCode
  ) throws(Trouble) {
    while true {
      let symbol = try lengths.decode(&bits)
      if symbol < 256 {
        guard output.count < limit else { throw .tooLarge }
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return }
      guard symbol - 257 < Self.lengthBases.count else { throw .malformed }
      let length =
        Self.lengthBases[symbol - 257] + (try bits.take(Self.lengthBits[symbol - 257]))
      let code = try distances.decode(&bits)
      guard code < Self.distanceBases.count else { throw .malformed }
      let distance = Self.distanceBases[code] + (try bits.take(code < 4 ? 0 : code / 2 - 1))
      guard distance <= output.count else { throw .malformed }
      guard output.count + length <= limit else { throw .tooLarge }
      // What is copied may be what was copied just before.
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }

  /// The order in which the lengths of the code for lengths stand (section 3.2.7).
  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private mutating func dynamicCodes() throws(Trouble) -> (
    lengths: PrefixCode, distances: PrefixCode
  ) {
    let literals = try bits.take(5) + 257
    let distances = try bits.take(5) + 1
    let count = try bits.take(4) + 4
    var lengths = [UInt8](repeating: 0, count: 19)
    for place in 0..<count { lengths[Self.order[place]] = UInt8(try bits.take(3)) }
    guard let code = PrefixCode(lengths[...]) else { throw .malformed }
    lengths = []
    while lengths.count < literals + distances {
      let symbol = try code.decode(&bits)
      if symbol < 16 {
        lengths.append(UInt8(symbol))
        continue
      }
      guard symbol > 16 || !lengths.isEmpty else { throw .malformed }
      let value = symbol == 16 ? lengths[lengths.count - 1] : 0
      let times =
        symbol == 16
        ? 3 + (try bits.take(2)) : symbol == 17 ? 3 + (try bits.take(3)) : 11 + (try bits.take(7))
      lengths += repeatElement(value, count: times)
    }
    guard lengths.count == literals + distances, lengths[256] > 0,
      let literal = PrefixCode(lengths[..<literals]),
      let distance = PrefixCode(lengths[literals...])
    else { throw .malformed }
    return (literal, distance)
  }

  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
    2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let fixedLengths = PrefixCode(
    complete: Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112)
      + Array(repeating: 7, count: 24) + Array(repeating: 8, count: 8))
  private static let fixedDistances = PrefixCode(complete: Array(repeating: 5, count: 30))
}

/// Bits from the lowest of each byte on.
private struct BitReader {
  private let bytes: UnsafeRawBufferPointer
  private var next = 0
  private var held: UInt64 = 0
  private var count = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Bytes that were begun.
  var position: Int { next - count / 8 }

  private mutating func fill() {
    while count <= 48, next < bytes.count {
      held |= UInt64(bytes[next]) << UInt64(count)
      next += 1
      count += 8
    }
  }

  /// - Parameter wanted: At most 16.
  mutating func take(_ wanted: Int) throws(GzipMember.Trouble) -> Int {
    if count < wanted { fill() }
    guard count >= wanted else { throw .exhausted }
    let value = Int(held & (1 << UInt64(wanted) - 1))
    drop(wanted)
    return value
  }

  /// The next 15 bits, with zeros for what is not there, and how many are.
  mutating func look() -> (bits: Int, count: Int) {
    if count < 15 { fill() }
    return (Int(held & 0x7FFF), count)
  }

  mutating func drop(_ dropped: Int) {
    held >>= UInt64(dropped)
    count -= dropped
  }

  mutating func alignToByte() { drop(count % 8) }
}

/// A Huffman code by the lengths of its words (section 3.2.2), looked up by ten bits at once and
/// bit by bit beyond them.
private struct PrefixCode {
  private static let tableBits = 10
  private static let longest = 15

  /// The symbol and the length of its word for each ten bits; length 0 where it is longer.
  private var table = [UInt16](repeating: 0, count: 1 << tableBits)
  private var counts = [Int](repeating: 0, count: longest + 1)
  private var symbols: [UInt16] = []

  /// Nil when more words are asked for than there are. Fewer are allowed: they are not used.
  init?(_ lengths: ArraySlice<UInt8>) {
    self.init(complete: Array(lengths))
    var left = 1
    for length in 1...Self.longest {
      left = left * 2 - counts[length]
      if left < 0 { return nil }
    }
  }

  init(complete lengths: [UInt8]) {
    for length in lengths where length > 0 { counts[Int(length)] += 1 }
    var offsets = [Int](repeating: 0, count: Self.longest + 2)
    for length in 1...Self.longest { offsets[length + 1] = offsets[length] + counts[length] }
    symbols = Array(repeating: 0, count: offsets[Self.longest + 1])
    var code = 0
    var codes = [Int](repeating: 0, count: Self.longest + 1)
    for length in 1...Self.longest {
      code = (code + (length > 1 ? counts[length - 1] : 0)) << 1
      codes[length] = code
    }
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let length = Int(length)
      symbols[offsets[length]] = UInt16(symbol)
      offsets[length] += 1
      enter(symbol, codes[length], length)
      codes[length] += 1
    }
  }

  /// Words stand in the bytes with their first bit lowest.
  private mutating func enter(_ symbol: Int, _ code: Int, _ length: Int) {
    guard length <= Self.tableBits, code < 1 << length else { return }
    var reversed = 0
    for bit in 0..<length where code & 1 << bit != 0 { reversed |= 1 << (length - 1 - bit) }
    for place in stride(from: reversed, to: table.count, by: 1 << length) {
      table[place] = UInt16(symbol << 4 | length)
    }
  }

  func decode(_ bits: inout BitReader) throws(GzipMember.Trouble) -> Int {
    let (next, available) = bits.look()
    let entry = Int(table[next & (1 << Self.tableBits - 1)])
    if entry & 15 > 0 {
      guard entry & 15 <= available else { throw .exhausted }
      bits.drop(entry & 15)
      return entry >> 4
    }
    var (code, first, index) = (0, 0, 0)
    for length in 1...Self.longest {
      guard length <= available else { throw .exhausted }
      code |= next >> (length - 1) & 1
      let count = counts[length]
      if code - count < first {
        bits.drop(length)
        return Int(symbols[index + code - first])
      }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw .malformed
  }
}

/// CRC-32 (RFC 1952, section 8).
private enum CheckSum {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }

  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { $0 >> 8 ^ table[Int(($0 ^ UInt32($1)) & 0xFF)] }
  }
}
