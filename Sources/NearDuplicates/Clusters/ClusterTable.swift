// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Which document is in which cluster, and who stands for a cluster.
///
/// A cluster's number is that of its founder, which never leaves it; a number is used once only.
/// A *copy* has the same tokens as an earlier document, its *original*: it goes where that goes and
/// is otherwise not there, so size and representatives are about distinct texts. A cluster of one
/// text takes no memory beyond the 8 bytes of each document.
struct ClusterTable: Sendable {
  private struct Group: Sendable {
    var size: Int
    var representatives: Representatives
  }

  /// Marks a copy; the other bits are the number of its original.
  private static let copyMark: UInt32 = 1 << 31

  /// Together, as both are asked for at the same time and are the same number for founders.
  private struct Entry: Sendable {
    /// The cluster of the document as assigned or moved, or its original.
    var cluster: UInt32
    /// If the document has named a cluster its number while that stands, else what absorbed it; 0
    /// if it never has.
    var survivor: UInt32
  }

  /// By document; place 0 is unused.
  private var entries: [Entry] = [Entry(cluster: 0, survivor: 0)]
  /// The clusters of more than one text.
  private var groups: [UInt32: Group] = [:]
  /// The copies of each document that has some, up to one more than may move along.
  private var copies: [UInt32: [UInt32]] = [:]
  private(set) var clusterCount = 0
  /// Founders that are round-ups: they hold the texts of other clusters.
  private var roundUps: Set<UInt32> = []
  /// A bit for each document that another one is bound to by the law.
  private var bound: [UInt64] = []

  /// A document with more copies stays where it is: each of them would be a line in the log.
  static let movableCopies = 16

  var documentCount: Int { entries.count - 1 }
  var byteCount: Int { entries.count * 8 + groups.count * 96 + bound.count * 8 }

  /// The number that the next document gets.
  var nextDocument: UInt32 { UInt32(entries.count) }

  /// The earlier document with the same tokens; the document itself if it is no copy.
  @inline(__always)
  func original(of document: UInt32) -> UInt32 {
    let entry = entries[Int(document)].cluster
    return entry & Self.copyMark == 0 ? document : entry & ~Self.copyMark
  }

  /// The cluster that a document is in now.
  @inline(__always)
  func cluster(of document: UInt32) -> UInt32 {
    let entry = entries[Int(original(of: document))].cluster
    return entries[Int(entry)].survivor == entry ? entry : survivor(of: entry)
  }

  private func survivor(of cluster: UInt32) -> UInt32 {
    var cluster = cluster
    while entries[Int(cluster)].survivor != cluster { cluster = entries[Int(cluster)].survivor }
    return cluster
  }

  /// The same, and makes the next time quicker.
  mutating func settledCluster(of document: UInt32) -> UInt32 {
    let original = Int(original(of: document))
    let entry = entries[original].cluster
    if entries[Int(entry)].survivor == entry { return entry }
    entries[original].cluster = survivor(of: entry)
    return entries[original].cluster
  }

  /// Something of all that `settledCluster` reads for a document: asked for many documents before
  /// any of it is needed, it makes the waiting overlap.
  @inline(__always)
  func touch(_ document: UInt32) -> UInt32 {
    entries[Int(entries[Int(document)].cluster & ~Self.copyMark)].survivor
  }

  /// Whether there is a cluster of this number now.
  func stands(_ cluster: UInt32) -> Bool { entries[Int(cluster)].survivor == cluster }

  /// Whether a cluster has ever been named after a document.
  func hasNamed(_ document: UInt32) -> Bool { entries[Int(document)].survivor != 0 }

  /// Distinct texts in a cluster.
  func size(of cluster: UInt32) -> Int { groups[cluster]?.size ?? 1 }

  func representatives(of cluster: UInt32) -> Representatives {
    groups[cluster]?.representatives ?? Representatives(cluster)
  }

  /// The copies of a document; nil when there are too many to move.
  func copies(of document: UInt32) -> [UInt32]? {
    guard let copies = copies[document] else { return [] }
    return copies.count > Self.movableCopies ? nil : copies
  }

  /// Whether a cluster was begun by a round-up.
  func isRoundUp(_ cluster: UInt32) -> Bool { roundUps.contains(cluster) }

  /// Notes that a cluster was begun by a round-up.
  mutating func noteRoundUp(_ cluster: UInt32) { roundUps.insert(cluster) }

  /// Whether a document has another one in its cluster that it must not be parted from.
  func isBound(_ document: UInt32) -> Bool {
    let word = Int(document >> 6)
    return word < bound.count && bound[word] >> UInt64(document & 63) & 1 != 0
  }

  // MARK: Changes

  /// Notes that a document must not be parted from another one of its cluster.
  mutating func bind(_ document: UInt32) {
    let word = Int(document >> 6)
    if word >= bound.count {
      bound += repeatElement(0, count: word + 1 - bound.count)
    }
    bound[word] |= 1 << UInt64(document & 63)
  }

  /// The next document begins a cluster, which is named after it.
  mutating func begin() {
    entries.append(Entry(cluster: nextDocument, survivor: nextDocument))
    clusterCount += 1
  }

  /// The next document joins a cluster; who stands for it is drawn by `admit`.
  mutating func join(_ cluster: UInt32) {
    entries.append(Entry(cluster: cluster, survivor: 0))
  }

  /// The next document is a copy of an original.
  mutating func copy(_ original: UInt32) {
    let document = nextDocument
    entries.append(Entry(cluster: original | Self.copyMark, survivor: 0))
    if copies[original, default: []].count <= Self.movableCopies {
      copies[original, default: []].append(document)
    }
  }

  /// Counts a document that has joined or come to a cluster.
  mutating func admit(_ document: UInt32, to cluster: UInt32) {
    var group = groups[cluster] ?? Group(size: 1, representatives: Representatives(cluster))
    group.size += 1
    group.representatives.draw(document, size: group.size)
    groups[cluster] = group
  }

  /// Makes two clusters one, with the smaller of their numbers.
  mutating func merge(_ one: UInt32, _ other: UInt32) {
    let (kept, gone) = (min(one, other), max(one, other))
    groups[kept] = Group(
      size: size(of: kept) + size(of: gone),
      representatives: Representatives(
        survivor: representatives(of: kept), absorbed: representatives(of: gone)))
    groups[gone] = nil
    entries[Int(gone)].survivor = kept
    clusterCount -= 1
  }

  /// Takes a document out of its cluster and into another one, or one named after itself.
  mutating func move(_ document: UInt32, to cluster: UInt32) {
    precondition(document == original(of: document), "copies follow")
    let from = self.cluster(of: document)
    precondition(from != document, "a founder stays")
    if var group = groups[from] {
      group.size -= 1
      group.representatives.remove(document)
      groups[from] = group.size > 1 ? group : nil
    }
    entries[Int(document)].cluster = cluster
    if cluster == document {
      precondition(!hasNamed(document), "a number is used once")
      entries[Int(document)].survivor = document
      clusterCount += 1
    } else {
      admit(document, to: cluster)
    }
  }

  func checkInvariants() {
    #if DEBUG
      var sizes: [UInt32: Int] = [:]
      for document in entries.indices.dropFirst().map(UInt32.init) {
        let cluster = cluster(of: document)
        precondition(stands(cluster), "each document is in a cluster that stands")
        if original(of: document) == document { sizes[cluster, default: 0] += 1 }
      }
      precondition(sizes.count == clusterCount, "clusters are counted")
      for (cluster, size) in sizes {
        precondition(size == self.size(of: cluster), "texts are counted")
        precondition((groups[cluster] != nil) == (size > 1), "single texts take no room")
        let chosen = representatives(of: cluster)
        precondition(chosen.first == cluster, "the founder comes first")
        precondition(chosen.count <= size, "no more than there are")
        precondition(chosen.allSatisfy { self.cluster(of: $0) == cluster }, "members only")
        precondition(Set(chosen).count == chosen.count, "each once")
      }
    #endif
  }
}
