// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import StateStore
internal import Synchronization

/// Tells of most new files that the state does not know them, so that it need not be asked.
///
/// Two look-ups in the database for each file of a backlog take as long as fingerprinting it.
final class RecordedNames: Sendable {
  private struct Names: Sendable {
    var filter = BloomFilter()
    var areForgotten = false
  }

  private let names: Mutex<Names>

  /// Reads what the state has.
  init(_ reader: StateReader) throws {
    var names = Names()
    try reader.forEachFile { drop, path in
      names.filter.insert(Self.hash(drop: drop, path: path))
      if path.byteCount > 0, path.unsafeLoad(as: UInt8.self) == 0 { names.areForgotten = true }
    }
    self.names = Mutex(names)
  }

  /// Whether there are files whose documents were forgotten (`FileKey.forgotten`).
  var areForgotten: Bool { names.withLock { $0.areForgotten } }

  private static func hash(_ key: FileKey) -> UInt64 {
    hash(drop: key.drop, path: key.path.span.bytes)
  }

  private static func hash(drop: UInt32, path: RawSpan) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(drop)
    path.withUnsafeBytes { hasher.combine(bytes: $0) }
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }

  /// Notes a file that the state is about to get.
  func insert(_ key: FileKey) {
    let hash = Self.hash(key)
    names.withLock { names in
      names.filter.insert(hash)
      if key.isForgotten { names.areForgotten = true }
    }
  }

  /// False only for a file that the state does not have; true for one in thirty of these.
  func mayContain(_ key: FileKey) -> Bool {
    let hash = Self.hash(key)
    return names.withLock { $0.filter.mayContain(hash) }
  }
}

/// A Bloom filter with all bits of a key in one word (Putze, Sanders and Singler 2007), in parts of
/// which each is twice as large as the one before (Almeida et al. 2007): two bytes a key or less,
/// and adding one never copies what is there.
struct BloomFilter: Sendable {
  private static let firstWords = 1 << 10
  private static let keysPerWord = 5

  private var parts: [[UInt64]] = []
  /// How many more keys the last part takes.
  private var room = 0

  /// - Parameter hash: of the key; all its bits are used.
  mutating func insert(_ hash: UInt64) {
    if mayContain(hash) { return }
    if room == 0 {
      let words = Self.firstWords << parts.count
      parts.append(Array(repeating: 0, count: words))
      room = words * Self.keysPerWord
    }
    let last = parts.count - 1
    parts[last][Self.place(hash, parts[last].count)] |= Self.bits(hash)
    room -= 1
  }

  func mayContain(_ hash: UInt64) -> Bool {
    let bits = Self.bits(hash)
    return parts.contains { $0[Self.place(hash, $0.count)] & bits == bits }
  }

  @inline(__always)
  private static func place(_ hash: UInt64, _ words: Int) -> Int {
    Int(truncatingIfNeeded: hash &>> 24) & (words - 1)
  }

  /// Four bits of a word.
  @inline(__always)
  private static func bits(_ hash: UInt64) -> UInt64 {
    1 &<< (hash & 63) | 1 &<< (hash &>> 6 & 63) | 1 &<< (hash &>> 12 & 63)
      | 1 &<< (hash &>> 18 & 63)
  }
}
