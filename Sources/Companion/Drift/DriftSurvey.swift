// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// How far the clusters are from what exact measures say of a sample of the documents.
///
/// The daemon decides by sampled shingles, weights and a model, and what it decided early was
/// decided with less known. Here each document of the sample is compared with all others by all
/// shingles of the stored texts, so that whoever runs it sees what is not together though it is
/// nearly the same, and what is together with nothing to show for it.
struct DriftSurvey: Sendable {
  /// A document of the sample and another one that is nearly the same, in different clusters.
  struct ApartPair: Sendable, Equatable {
    let first: UInt32
    let second: UInt32
    let overlap: ShingleOverlap
  }

  /// A document of the sample that has little in common with each other one of its cluster.
  struct UnsupportedMember: Sendable, Equatable {
    let document: UInt32
    let nearest: UInt32
    let overlap: ShingleOverlap
  }

  /// What one document of the sample has in its cluster.
  private struct Support {
    var nearest: UInt32
    var overlap: ShingleOverlap
  }

  /// From this resemblance on two documents should be together.
  static let near = 0.8
  /// A member is supported by another of its cluster from one of these on.
  static let supportingResemblance = 0.2
  static let supportingContainment = 0.4
  static let usualSample = 2_000
  private static let exampleLimit = 5
  private static let seed: UInt64 = 1

  let collection: RecordedCollection
  /// How many documents were looked at, and how many could not be, since the state has no text.
  private(set) var compared = 0
  private(set) var missing = 0
  /// How many of them are in the sample.
  let sampled: Int
  /// Whether the sample is smaller than was asked for, since the texts are long.
  let isCut: Bool
  /// Pairs with a document of the sample that are near, and those of them in different clusters.
  private(set) var nearPairs = 0
  private(set) var apartPairs = 0
  /// The most alike first.
  private(set) var apartExamples: [ApartPair] = []
  /// Documents of the sample that are in a cluster with others, and those without support there.
  private(set) var clustered = 0
  private(set) var unsupported = 0
  private(set) var unsupportedExamples: [UnsupportedMember] = []

  /// - Parameter size: how many documents are drawn.
  init(_ source: CollectionSource, _ places: ResultPlaces, sample size: Int) throws {
    let texts = try StoredTexts(source, places, for: "neardup verify --drift")
    collection = source.collection
    // What was forgotten takes no part in decisions any more.
    let present = collection.documents.map(\.number).filter { !source.collection.isRemoved($0) }
    var sample = DriftSample()
    var isFull = false
    for document in DriftSample.drawing(present, seed: Self.seed)
    where sample.members.count < size && !isFull {
      guard let text = try texts.stored(document) else { continue }
      let shingles = ShingleSet(text.tokens)
      if shingles.count > 0 { isFull = !sample.take(document, shingles) }
    }
    sample.list()
    (sampled, isCut) = (sample.members.count, isFull)
    try compare(present, texts, &sample)
  }

  /// Compares each document with those of the sample that it is like or that are in its cluster.
  private mutating func compare(
    _ documents: [UInt32], _ texts: StoredTexts, _ sample: inout DriftSample
  ) throws {
    var places: [UInt32: Int] = [:]
    var fellows: [UInt32: [Int]] = [:]
    for (place, member) in sample.members.enumerated() {
      places[member.document] = place
      if let cluster = collection.clusters.group(of: member.document) {
        fellows[cluster, default: []].append(place)
      }
    }
    var supports: [Support?] = Array(repeating: nil, count: sample.members.count)
    for document in documents {
      guard let text = try texts.stored(document) else {
        missing += 1
        continue
      }
      compared += 1
      let shingles = ShingleSet(text.tokens)
      guard shingles.count > 0 else { continue }
      for place in sample.candidates(for: shingles) {
        let member = sample.members[place]
        // A pair of the sample is met from both sides.
        if places[document] != nil, member.document >= document { continue }
        take(member, document, shingles)
      }
      guard let cluster = collection.clusters.group(of: document) else { continue }
      for place in fellows[cluster] ?? [] where sample.members[place].document != document {
        Self.support(&supports[place], of: sample.members[place], by: document, shingles)
      }
    }
    for (place, support) in supports.enumerated() {
      if let support { take(support, of: sample.members[place].document) }
    }
    unsupportedExamples.sort { $0.document < $1.document }
    unsupportedExamples.removeLast(max(0, unsupportedExamples.count - Self.exampleLimit))
  }

  private mutating func take(
    _ member: DriftSample.Member, _ document: UInt32, _ shingles: ShingleSet
  ) {
    let isFirst = member.document < document
    let overlap =
      isFirst
      ? ShingleSet.overlap(member.shingles, shingles)
      : ShingleSet.overlap(shingles, member.shingles)
    guard overlap.resemblance >= Self.near else { return }
    nearPairs += 1
    let clusters = collection.clusters
    guard clusters.group(of: member.document) != clusters.group(of: document) else { return }
    apartPairs += 1
    apartExamples.append(
      ApartPair(
        first: isFirst ? member.document : document,
        second: isFirst ? document : member.document, overlap: overlap))
    apartExamples.sort {
      $0.overlap.resemblance != $1.overlap.resemblance
        ? $0.overlap.resemblance > $1.overlap.resemblance
        : ($0.first, $0.second) < ($1.first, $1.second)
    }
    if apartExamples.count > Self.exampleLimit { apartExamples.removeLast() }
  }

  /// Keeps the nearest fellow; one that is near enough ends the search, which would otherwise
  /// compare all pairs of a large cluster.
  private static func support(
    _ support: inout Support?, of member: DriftSample.Member, by document: UInt32,
    _ shingles: ShingleSet
  ) {
    if let support, isSupporting(support.overlap) { return }
    let overlap = ShingleSet.overlap(member.shingles, shingles)
    if let known = support?.overlap, !isSupporting(overlap),
      known.resemblance >= overlap.resemblance
    {
      return
    }
    support = Support(nearest: document, overlap: overlap)
  }

  private mutating func take(_ support: Support, of document: UInt32) {
    clustered += 1
    if Self.isSupporting(support.overlap) { return }
    unsupported += 1
    unsupportedExamples.append(
      UnsupportedMember(
        document: document, nearest: support.nearest, overlap: support.overlap))
  }

  private static func isSupporting(_ overlap: ShingleOverlap) -> Bool {
    overlap.resemblance >= supportingResemblance || overlap.containment >= supportingContainment
  }
}
