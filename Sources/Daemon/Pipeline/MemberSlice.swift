// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Crypto

/// The outcomes of some members, one behind the other.
struct MemberSlice: Sendable {
  /// What is handed over at a time: members, and bytes of theirs.
  static let (members, bytes) = (64, 256 << 10)

  private(set) var outcomes: [FileOutcome] = []
  private var byteCount = 0

  var isFull: Bool { outcomes.count >= Self.members || byteCount >= Self.bytes }

  mutating func append(_ outcome: FileOutcome, _ bytes: Int) {
    outcomes.append(outcome)
    byteCount += bytes
  }

  mutating func take() -> [FileOutcome] {
    defer { self = MemberSlice() }
    return outcomes
  }
}

/// The bytes of a member that is too large to be held, as they pass.
struct PassedBytes {
  struct Sum {
    let count: Int
    /// SHA-256, 32 bytes.
    let digest: [UInt8]
  }

  private var count = 0
  private var hash: SHA256?

  mutating func take(_ bytes: Slice<UnsafeRawBufferPointer>) {
    var hash = hash ?? SHA256()
    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes))
    self.hash = hash
    count += bytes.count
  }

  /// With the last bytes, which for nearly all members are all.
  mutating func finish(with bytes: UnsafeRawBufferPointer) -> Sum {
    var hash = hash ?? SHA256()
    hash.update(bufferPointer: bytes)
    let sum = Sum(count: count + bytes.count, digest: Array(hash.finalize()))
    self = PassedBytes()
    return sum
  }
}
