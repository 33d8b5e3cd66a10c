// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Which document is in which cluster, and who stands for a cluster.
///
/// A cluster's number is that of its founder, which never leaves it; a number is used once only.
/// A *copy* has the same tokens as an earlier document, its *original*: it goes where that goes and
/// is otherwise not there, so size and representatives are about distinct texts. A cluster of one
/// text takes no memory beyond the 8 bytes of each document.
///
/// Documents up to `base` are beyond the horizon, and others may have been forgotten: neither is
/// *present*. A cluster whose founder is not lives on under its number while a member is present.
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

  /// By document, from `base` on; place 0 is unused. Zeros for a document that is not present.
  private var entries: [Entry] = [Entry(cluster: 0, survivor: 0)]
  /// The last document beyond the horizon.
  let base: UInt32
  /// As `Entry.survivor`, for the clusters whose founders are not present.
  private var elders: [UInt32: UInt32] = [:]
  private var absent = 0
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

  init(base: UInt32 = 0) { self.base = base }

  /// How many documents are present.
  var documentCount: Int { entries.count - 1 - absent }
  var byteCount: Int { entries.count * 8 + groups.count * 96 + bound.count * 8 }

  /// The number that the next document gets.
  var nextDocument: UInt32 { base + UInt32(entries.count) }

  @inline(__always)
  private func place(_ document: UInt32) -> Int { Int(document &- base) }

  /// Whether a document of an earlier arrival is within the horizon and not forgotten.
  func isPresent(_ document: UInt32) -> Bool {
    document > base && document < nextDocument && entries[place(document)].cluster != 0
  }

  /// The earlier document with the same tokens; the document itself if it is no copy.
  @inline(__always)
  func original(of document: UInt32) -> UInt32 {
    let entry = entries[place(document)].cluster
    return entry & Self.copyMark == 0 ? document : entry & ~Self.copyMark
  }

  /// The cluster that a document is in now.
  @inline(__always)
  func cluster(of document: UInt32) -> UInt32 {
    let entry = entries[place(original(of: document))].cluster
    return survivor(of: entry)
  }

  private func survivor(of cluster: UInt32) -> UInt32 {
    var cluster = cluster
    while true {
      let next = self.next(of: cluster)
      if next == cluster { return cluster }
      cluster = next
    }
  }

  /// What absorbed a cluster, or itself.
  @inline(__always)
  private func next(of cluster: UInt32) -> UInt32 {
    if cluster > base {
      let survivor = entries[place(cluster)].survivor
      if survivor != 0 { return survivor }
    }
    return elders[cluster] ?? cluster
  }

  private mutating func setNext(_ next: UInt32, of cluster: UInt32) {
    if isPresent(cluster) {
      entries[place(cluster)].survivor = next
    } else {
      elders[cluster] = next
    }
  }

  /// The same, and makes the next time quicker.
  mutating func settledCluster(of document: UInt32) -> UInt32 {
    let original = place(original(of: document))
    let entry = entries[original].cluster
    let settled = survivor(of: entry)
    if settled != entry { entries[original].cluster = settled }
    return settled
  }

  /// Something of all that `settledCluster` reads for a document: asked for many documents before
  /// any of it is needed, it makes the waiting overlap.
  @inline(__always)
  func touch(_ document: UInt32) -> UInt32 {
    let cluster = entries[place(document)].cluster & ~Self.copyMark
    return cluster > base ? entries[place(cluster)].survivor : cluster
  }

  /// Whether there is a cluster of this number now.
  func stands(_ cluster: UInt32) -> Bool {
    if cluster > base, cluster < nextDocument, entries[place(cluster)].survivor == cluster {
      return true
    }
    return elders[cluster] == cluster
  }

  /// Whether a cluster has ever been named after a document.
  func hasNamed(_ document: UInt32) -> Bool { entries[place(document)].survivor != 0 }

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
    let word = place(document) >> 6
    return word < bound.count && bound[word] >> UInt64(place(document) & 63) & 1 != 0
  }

  // MARK: Changes

  /// Notes that a document must not be parted from another one of its cluster.
  mutating func bind(_ document: UInt32) {
    let word = place(document) >> 6
    if word >= bound.count {
      bound += repeatElement(0, count: word + 1 - bound.count)
    }
    bound[word] |= 1 << UInt64(place(document) & 63)
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

  /// The next document is not present any more.
  mutating func skip() {
    entries.append(Entry(cluster: 0, survivor: 0))
    absent += 1
  }

  /// The next document joins a cluster whose founder may not be present, and of which it may be
  /// the first member that is.
  mutating func rejoin(_ cluster: UInt32) {
    let document = nextDocument
    join(cluster)
    let settled = survivor(of: cluster)
    if stands(settled) { admit(document, to: settled) } else { revive(settled, with: document) }
  }

  /// A cluster of which no member was present has this one.
  private mutating func revive(_ cluster: UInt32, with document: UInt32) {
    elders[cluster] = cluster
    groups[cluster] = Group(size: 1, representatives: Representatives(document))
    clusterCount += 1
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

  /// Repeats a merging of clusters of which none or one only may have members that are present.
  mutating func remerge(_ absorbed: UInt32, into survivor: UInt32) {
    guard stands(absorbed) else { return }
    if !stands(survivor) {
      elders[survivor] = survivor
      groups[survivor] = Group(
        size: size(of: absorbed), representatives: representatives(of: absorbed))
      groups[absorbed] = nil
      return setNext(survivor, of: absorbed)
    }
    merge(survivor, absorbed)
  }

  /// Makes two clusters one, with the smaller of their numbers.
  mutating func merge(_ one: UInt32, _ other: UInt32) {
    let (kept, gone) = (min(one, other), max(one, other))
    groups[kept] = Group(
      size: size(of: kept) + size(of: gone),
      representatives: Representatives(
        survivor: representatives(of: kept), absorbed: representatives(of: gone)))
    groups[gone] = nil
    setNext(kept, of: gone)
    clusterCount -= 1
  }

  /// Takes a document out of its cluster and into another one, or one named after itself.
  mutating func move(_ document: UInt32, to cluster: UInt32) {
    precondition(document == original(of: document), "copies follow")
    let from = self.cluster(of: document)
    precondition(from != document, "a founder stays")
    leave(document, from)
    entries[place(document)].cluster = cluster
    if cluster == document {
      precondition(!hasNamed(document), "a number is used once")
      entries[place(document)].survivor = document
      clusterCount += 1
    } else if stands(cluster) {
      admit(document, to: cluster)
    } else {
      revive(cluster, with: document)
    }
  }

  private mutating func leave(_ document: UInt32, _ cluster: UInt32) {
    guard var group = groups[cluster] else { return }
    group.size -= 1
    group.representatives.remove(document)
    if group.size == 0 {
      // Of its other members none is present.
      groups[cluster] = nil
      elders[cluster] = nil
      clusterCount -= 1
      return
    }
    if group.representatives.isEmpty { group.representatives = standIns(cluster, document) }
    let isOfFounder = group.size == 1 && group.representatives.first == cluster
    groups[cluster] = isOfFounder ? nil : group
  }

  /// Members of a cluster in which all that stood for it are gone, without one that is leaving.
  private func standIns(_ cluster: UInt32, _ leaving: UInt32) -> Representatives {
    var standing = Representatives()
    for document in base + 1..<nextDocument
    where document != leaving && isPresent(document) && original(of: document) == document {
      if self.cluster(of: document) == cluster { standing.append(document) }
      if standing.count == Representatives.limit { break }
    }
    return standing
  }

  func checkInvariants() {
    #if DEBUG
      var sizes: [UInt32: Int] = [:]
      for document in entries.indices.dropFirst().map({ base + UInt32($0) })
      where isPresent(document) {
        let cluster = cluster(of: document)
        precondition(stands(cluster), "each document is in a cluster that stands")
        if original(of: document) == document { sizes[cluster, default: 0] += 1 }
      }
      precondition(sizes.count == clusterCount, "clusters are counted")
      for (cluster, size) in sizes {
        precondition(size == self.size(of: cluster), "texts are counted")
        let chosen = representatives(of: cluster)
        if isPresent(cluster) {
          precondition((groups[cluster] != nil) == (size > 1), "single texts take no room")
          precondition(chosen.first == cluster, "the founder comes first")
        }
        precondition(!chosen.isEmpty, "someone stands for it")
        precondition(chosen.count <= size, "no more than there are")
        precondition(chosen.allSatisfy { self.cluster(of: $0) == cluster }, "members only")
        precondition(Set(chosen).count == chosen.count, "each once")
      }
    #endif
  }
}
