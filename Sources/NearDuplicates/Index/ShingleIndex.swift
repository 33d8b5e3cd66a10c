// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// An inverted index from sampled shingle hash to the documents that hold it.
///
/// Most shingles occur in one cluster only, so an entry is one 8-byte slot of an open-addressing
/// table: 32 bits of the hash and a document number; only shingles of several clusters have a list
/// in `PostingLists`. The table is cut into shards by the lowest bits of the hash, and a shard
/// grows by a quarter on its own, so that no insertion waits for the whole index to be copied.
/// Two hashes that agree in shard and 32 further bits are taken for one; at a thousand million
/// entries that is one shingle in a thousand, and the full comparison puts it right.
package struct ShingleIndex: Sendable {
  /// The most documents a shingle is listed for; beyond that it only counts as common.
  package static let listLimit = PostingLists.longest
  /// Document numbers are below this; the bit above marks a list.
  package static let documentLimit = PostingLists.Reference.mark

  private static let shardCount = 1 << 10

  private var shards: [IndexShard]
  private var lists = PostingLists()

  package init() {
    shards = Array(repeating: IndexShard(), count: Self.shardCount)
  }

  /// The low bits: sampling keeps small hashes, so that the high bits are not evenly spread.
  private static func shard(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash) & (shardCount - 1)
  }

  /// Distinct shingles in the index.
  package var count: Int { shards.reduce(0) { $0 + $1.count } }

  /// Bytes that the tables and lists take.
  package var byteCount: Int { shards.reduce(0) { $0 + $1.byteCount } + lists.byteCount }

  /// Calls `body` with each document listed for a hash, in order of insertion.
  ///
  /// - Returns: how many there are; `listLimit` means "that many or more".
  @discardableResult
  package func forEachDocument(of hash: UInt64, _ body: (UInt32) -> Void) -> Int {
    let value = shards[Self.shard(of: hash)].value(of: hash)
    guard let value else { return 0 }
    if let list = PostingLists.Reference(value) { return lists.forEach(list, body) }
    body(value)
    return 1
  }

  /// How many documents are listed for a hash, up to `listLimit`.
  package func documentCount(of hash: UInt64) -> Int {
    forEachDocument(of: hash) { _ in }
  }

  /// Lists a document for a hash unless the list is full.
  package mutating func insert(_ document: UInt32, for hash: UInt64) {
    precondition(document < Self.documentLimit, "document numbers have 31 bits")
    let shard = Self.shard(of: hash)
    let slot = shards[shard].slot(for: hash)
    guard let old = shards[shard].value(at: slot) else {
      shards[shard].fill(slot, hash, document)
      return
    }
    if let list = PostingLists.Reference(old) {
      let longer = lists.append(document, to: list)
      if longer != list { shards[shard].replace(slot, longer.value) }
    } else if old != document {
      shards[shard].replace(slot, lists.make(old, document).value)
    }
  }

  package func checkInvariants() {
    #if DEBUG
      for shard in shards { shard.checkInvariants() }
      lists.checkInvariants()
    #endif
  }
}
