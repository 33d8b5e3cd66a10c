// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// Makes lines of what comes in blocks.
struct LineAssembly {
  /// The beginning of a line whose end did not come yet.
  private(set) var carried: [UInt8] = []

  mutating func removeAll() { carried.removeAll(keepingCapacity: true) }

  /// Lends each line that the block ends, without its line end.
  mutating func take(
    _ block: [UInt8], _ body: (ArraySlice<UInt8>) throws -> Void
  ) rethrows {
    var start = 0
    while let end = Self.lineEnd(in: block, from: start) {
      if carried.isEmpty {
        try body(block[start..<end])
      } else {
        carried += block[start..<end]
        let line = carried
        carried.removeAll(keepingCapacity: true)
        try body(line[...])
      }
      start = end + 1
    }
    carried += block[start...]
  }

  /// memchr(3), which looks at many bytes at a time.
  private static func lineEnd(in block: [UInt8], from start: Int) -> Int? {
    block.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }
}
