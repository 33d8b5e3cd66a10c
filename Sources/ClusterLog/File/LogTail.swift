// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The end of a log file, from the start of a line on.
struct LogTail {
  /// Where the bytes begin in the file.
  let offset: Int
  let bytes: [UInt8]

  /// A line of ours is a few kilobytes; only `absorbed` of a huge merger is longer. What has no
  /// line end for this long is not our log, and no file makes recovery read more than this.
  static let lineLimit = 16 << 20

  private static let firstBlock = 64 << 10

  /// For tests: an end that was not read from a file.
  init(offset: Int, bytes: [UInt8]) {
    self.offset = offset
    self.bytes = bytes
  }

  /// Reads back from the end: the last `length` bytes and at least one whole line before them.
  ///
  /// Returns nil when that line would be longer than `lineLimit`.
  init?(of file: borrowing LogDescriptor, size: Int, length: Int) throws(SystemError) {
    var wanted = length + Self.firstBlock
    while true {
      let start = max(0, size - wanted)
      let block = try file.read(at: start, count: size - start)
      if start == 0 {
        self.init(offset: 0, bytes: block)
        return
      }
      // The first line end found starts a line, the second ends one that is whole.
      let before = block.prefix(max(0, block.count - length))
      if let first = before.firstIndex(of: UInt8(ascii: "\n")),
        before[(first + 1)...].contains(UInt8(ascii: "\n"))
      {
        self.init(offset: start + first + 1, bytes: Array(block[(first + 1)...]))
        return
      }
      guard wanted < length + Self.lineLimit else { return nil }
      wanted = min(wanted * 2, length + Self.lineLimit)
    }
  }
}
