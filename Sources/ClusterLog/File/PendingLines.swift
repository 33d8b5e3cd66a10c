// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The lines that the state holds and that are not known to be durable in the log, in order.
struct PendingLines {
  /// All lines, one after the other.
  let bytes: [UInt8]
  /// Where each line begins in `bytes`, and at last where they end.
  let starts: [Int]
  /// The number of the first line; with none, the number that the next line will get.
  let firstSequence: UInt64

  var count: Int { starts.count - 1 }
  var nextSequence: UInt64 { firstSequence + UInt64(count) }

  /// Splits batches into lines; nil when they are not whole lines numbered without a gap.
  init?(batches: [[UInt8]], nextSequence: UInt64) {
    bytes = batches.count == 1 ? batches[0] : Array(batches.joined())
    var starts = [0]
    var first: UInt64?
    var position = 0
    while position < bytes.count {
      guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")),
        let header = LineHeader(bytes[position..<end])
      else { return nil }
      let expected = (first ?? header.sequence) + UInt64(starts.count - 1)
      guard header.sequence == expected else { return nil }
      first = first ?? header.sequence
      position = end + 1
      starts.append(position)
    }
    self.starts = starts
    firstSequence = first ?? nextSequence
    guard self.nextSequence == nextSequence else { return nil }
  }

  /// The bytes from a line on.
  func bytes(from line: Int) -> ArraySlice<UInt8> { bytes[starts[line]...] }

  /// How many whole lines from `line` on the first `length` bytes make.
  func wholeLines(from line: Int, length: Int) -> Int {
    var last = line
    while last < count, starts[last + 1] - starts[line] <= length { last += 1 }
    return last - line
  }
}
