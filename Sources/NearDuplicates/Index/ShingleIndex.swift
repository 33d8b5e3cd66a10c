// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// An inverted index from sampled shingle hash to the documents that hold it, one of each cluster.
///
/// Most shingles occur in one cluster only, so an entry is one 8-byte slot of an open-addressing
/// table: 32 bits of the hash and a document number; only shingles of several clusters have a list
/// in `PostingLists`. Two hashes that agree in the 40 bits of the key are taken for one; at a
/// thousand million entries that is one shingle in a thousand, and the comparison of the texts puts
/// it right.
package struct ShingleIndex: Sendable {
  /// The most documents a shingle is listed for; beyond that it only counts as common.
  package static let listLimit = 32
  /// Document numbers are below this; the bit above marks a list.
  package static let documentLimit = PostingLists.Reference.mark

  private var table = ShardedTable()
  private var lists = PostingLists()
  /// What is being brought back.
  private var gathered = GatheredEntries()

  package init() {}

  /// Distinct shingles in the index.
  package var count: Int { table.count }

  /// Bytes that the tables and lists take.
  package var byteCount: Int { table.byteCount + lists.byteCount }

  /// The documents listed for each of some hashes.
  ///
  /// - Parameter body: is told the place of a hash that is listed, how many documents there are,
  ///   and these in order of insertion; `listLimit` documents and more mean that there may be
  ///   others.
  func forEachListed(
    _ hashes: [UInt64], _ body: (_ place: Int, _ count: Int, UnsafePointer<UInt32>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: hashes.count) { values in
      guard let start = values.baseAddress else { return }
      table.readValues(of: hashes.lazy.map(ShardedTable.key), into: start)
      // As there, the lists are begun before their lengths matter.
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: hashes.count) { counts in
        for place in values.indices { counts[place] = count(start[place]) }
        for place in values.indices where counts[place] > 0 {
          if let list = PostingLists.Reference(start[place]) {
            lists.withDocuments(list) { body(place, Int(counts[place]), $0) }
          } else {
            body(place, 1, start + place)
          }
        }
      }
    }
  }

  /// How many documents are listed for a hash.
  func count(of hash: UInt64) -> Int {
    table.value(of: ShardedTable.key(hash)).map { Int(count($0)) } ?? 0
  }

  /// How many documents a value of the table stands for.
  @inline(__always)
  private func count(_ value: UInt32) -> UInt32 {
    if let list = PostingLists.Reference(value) { return UInt32(lists.count(list)) }
    return value == 0 ? 0 : 1
  }

  /// The documents listed for a hash, in order of insertion.
  package func documents(of hash: UInt64) -> [UInt32] {
    var documents: [UInt32] = []
    forEachListed([hash]) { documents += UnsafeBufferPointer(start: $2, count: $1) }
    return documents
  }

  /// Lists a document for a hash, unless the list is full or has a document like it.
  ///
  /// - Parameters:
  ///   - limit: A list of so many documents is full.
  ///   - isKin: Whether a document is in the same cluster as the new one: one is enough.
  /// - Returns: whether the document was listed.
  mutating func post(
    _ document: UInt32, for hash: UInt64, limit: Int = listLimit, unless isKin: (UInt32) -> Bool
  ) -> Bool {
    precondition(document < Self.documentLimit, "document numbers have 31 bits")
    let place = table.place(for: ShardedTable.key(hash))
    if let old = table.value(at: place) {
      if let list = PostingLists.Reference(old) {
        if lists.count(list) >= limit { return false }
        if lists.contains(list, where: isKin) { return false }
      } else if isKin(old) {
        return false
      }
    }
    add(document, at: place)
    return true
  }

  /// Lists a document for keys as an earlier run has done; it is found after `finishReposting`.
  ///
  /// - Parameter growth: as of `ShardedTable.put`.
  mutating func repost(_ document: UInt32, for keys: [UInt64], growth: Double) {
    for key in keys {
      let (shard, entry) = table.entry(key, document)
      if gathered.append(entry, ofShard: shard) { addGathered(ofShard: shard, growth) }
    }
  }

  /// Lists what is still gathered; to be called before anything else is asked for.
  mutating func finishReposting() {
    for shard in 0..<ShardedTable.shardCount { addGathered(ofShard: shard, 1) }
    gathered = GatheredEntries()
  }

  private mutating func addGathered(ofShard shard: Int, _ growth: Double) {
    gathered.take(shard: shard) { entries in
      table.put(
        entries, inShard: shard, growth: growth, touch: { lists.touch($0) },
        joined: { old, document in lists.listing(document, behind: old) })
    }
  }

  private mutating func add(_ document: UInt32, at place: ShardedTable.Place) {
    guard let old = table.value(at: place) else { return table.fill(place, document) }
    let value = lists.listing(document, behind: old)
    if value != old { table.replace(place, value) }
  }

  package func checkInvariants() {
    #if DEBUG
      table.checkInvariants()
      lists.checkInvariants()
    #endif
  }
}
