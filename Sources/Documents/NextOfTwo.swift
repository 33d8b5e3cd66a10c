// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Where the next of two bytes is, in bytes that are read from the beginning to the end.
///
/// One of them is looked for once for all of the other that come before it, so that no text is gone
/// through more than twice however often either stands in it.
struct NextOfTwo {
  private let (far, near): (UInt8, UInt8)
  private var nextFar = -1

  /// - Parameters:
  ///   - far: the one that is looked for over the other.
  init(far: UInt8, near: UInt8) {
    self.far = far
    self.near = near
  }

  /// The next of them, from a place on that is not before that of the last call; the end of the
  /// bytes where there is none.
  mutating func place(in bytes: [UInt8], from start: Int) -> Int {
    if nextFar < start {
      nextFar = ByteCursor.index(of: far, in: bytes, from: start) ?? bytes.count
    }
    return ByteCursor.index(of: near, in: bytes, from: start, to: nextFar) ?? nextFar
  }
}
