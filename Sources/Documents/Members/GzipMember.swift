// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import CZlib

/// Decompresses a member of a gzip file (RFC 1952) that is there as a whole, with zlib.
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

  private let bytes: UnsafeRawBufferPointer
  private let limit: Int

  /// How much is taken from zlib at a time.
  private static let portion = 1 << 16
  /// The largest window, and that a header of gzip comes first (zlib.h, inflateInit2).
  private static let windowBits: Int32 = 15 + 16

  /// - Parameter limit: The most bytes of output.
  init(_ bytes: UnsafeRawBufferPointer, limit: Int) {
    self.bytes = bytes
    self.limit = limit
  }

  static func begins(_ lent: LentBytes, at place: Int = 0) -> Bool {
    lent.byte(at: place) == 0x1F && lent.byte(at: place + 1) == 0x8B
      && lent.byte(at: place + 2) == 8
  }

  /// Answers how many bytes the member takes.
  mutating func inflate() throws(Trouble) -> Int {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, Self.windowBits, ZLIB_VERSION, size) == Z_OK else {
      throw .malformed
    }
    defer { inflateEnd(&stream) }
    let given = bytes.prefix(Int(uInt.max))
    stream.next_in = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: Bytef.self))
    stream.avail_in = uInt(given.count)
    while true {
      switch takePortion(&stream) {
      case _ where output.count > limit:
        output.removeLast(output.count - limit)
        throw .tooLarge
      case Z_STREAM_END: return given.count - Int(stream.avail_in)
      case Z_OK where stream.avail_in > 0 || stream.avail_out == 0: continue
      case Z_OK, Z_BUF_ERROR: throw .exhausted
      default: throw .malformed
      }
    }
  }

  /// Takes the next bytes from zlib; answers what that said.
  private mutating func takePortion(_ stream: inout z_stream) -> Int32 {
    withUnsafeTemporaryAllocation(of: Bytef.self, capacity: Self.portion) { space in
      stream.next_out = space.baseAddress
      stream.avail_out = uInt(space.count)
      let answer = CZlib.inflate(&stream, Z_NO_FLUSH)
      output += space[..<(space.count - Int(stream.avail_out))]
      return answer
    }
  }
}
