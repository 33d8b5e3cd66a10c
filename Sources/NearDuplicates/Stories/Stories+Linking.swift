// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

extension Stories {
  /// A unit joins a story from this similarity on.
  private static let joining = 0.215
  /// What a story gains with the logarithm of those that stand for it: many agree by less.
  private static let sizeBonus = 0.02
  /// What a giant story loses for each doubling beyond this many units.
  private static let giant = 64
  private static let giantLoss = 0.03
  /// So many of the heaviest terms are looked up, and so many are listed.
  private static let lookedUp = 16
  private static let listed = 8
  /// So many stories are compared at most.
  private static let storyLimit = 8

  /// A story that a unit was compared with.
  struct Compared {
    let story: UInt32
    let similarity: Double
    /// The unit with the greatest cosine.
    let nearest: UInt32
  }

  /// Makes a unit of a cluster that has none: finds its story, or begins one.
  ///
  /// - Parameters:
  ///   - document: Whose text it is.
  ///   - time: Microseconds since the epoch.
  package mutating func link(
    _ text: StoryText, cluster: UInt32, document: UInt32, time: Int64
  ) -> StoryDecision {
    expire(at: time)
    let terms = weigh(text)
    let quantised = TermVector.quantised(terms)
    let vector = TermVector(quantised)
    probe.load(vector)
    let compared = candidates(quantised).map { compare($0) }
    var joined: Compared?
    for other in compared where other.similarity > (joined?.similarity ?? Self.joining) {
      joined = other
    }
    var decision = StoryDecision(story: joined?.story ?? cluster)
    decision.match = joined.map { match($0, vector, terms) }
    decision.trace = StoryTrace(
      cluster: cluster, document: document, story: decision.story,
      terms: quantised.map { .init(term: $0.term, weight: $0.weight) })
    let unit = enter(vector, quantised, cluster, document, decision.story)
    merge(unit, compared, terms, &decision)
    let story = units[place(unit)].story
    split(story, after: document, &decision)
    return decision
  }

  /// The terms by the static tables and by what the collection says, the heaviest first.
  private mutating func weigh(_ text: StoryText) -> [StoryTerm] {
    let seen = text.lines.map { memory.hasSeen($0) }
    for line in text.lines { memory.see(line) }
    let tables = TermTables.shared
    let count = memory.unitCount
    var terms: [StoryTerm] = []
    terms.reserveCapacity(96)
    for candidate in text.candidates(seen: seen) {
      let information = tables.information(
        candidate.information, stories: memory.count(candidate.term), units: count)
      guard information >= TermTables.leastInformation else { continue }
      terms.append(
        StoryTerm(
          term: candidate.term, weight: candidate.factor * tables.power(information),
          token: candidate.token, isPair: candidate.isPair))
    }
    terms.sort(by: StoryTerm.precedes)
    if terms.count > StoryTerm.limit { terms.removeLast(terms.count - StoryTerm.limit) }
    return terms
  }

  /// The stories that share most of the heaviest terms, the most first.
  private mutating func candidates(_ terms: [(term: UInt32, weight: UInt8)]) -> [UInt32] {
    places.removeAll()
    var sums: [(story: UInt32, sum: Int, last: Int)] = []
    for (number, term) in terms.prefix(Self.lookedUp).enumerated() {
      let gain = Int(term.weight) * Int(term.weight)
      index.forEachUnit(of: term.term) { unit in
        guard isLive(unit) else { return }
        let story = units[place(unit)].story
        let entry = places.place(of: story)
        if entry == sums.count { sums.append((story, 0, -1)) }
        // Each story once for a term.
        if sums[entry].last == number { return }
        sums[entry].last = number
        sums[entry].sum += gain
      }
    }
    sums.sort { $0.sum != $1.sum ? $0.sum > $1.sum : $0.story < $1.story }
    return sums.prefix(Self.storyLimit).map(\.story)
  }

  /// The mean cosine of the vector that is loaded with those that stand for a story.
  private mutating func compare(_ story: UInt32) -> Compared {
    let group = groups[story] ?? StoryGroup()
    var (sum, greatest, nearest) = (0.0, -1.0, group.representatives.first ?? 0)
    for unit in group.representatives {
      let cosine = cosine(unit)
      sum += cosine
      if cosine > greatest { (greatest, nearest) = (cosine, unit) }
    }
    let count = Double(group.representatives.count)
    var similarity = sum / count + Self.sizeBonus * log(count)
    if group.members.count > Self.giant {
      similarity -= Self.giantLoss * log2(Double(group.members.count) / Double(Self.giant))
    }
    return Compared(story: story, similarity: similarity, nearest: nearest)
  }

  /// Counts a unit, puts it into its story and lists it; answers its number.
  mutating func enter(
    _ vector: TermVector, _ terms: [(term: UInt32, weight: UInt8)], _ cluster: UInt32,
    _ document: UInt32, _ story: UInt32
  ) -> UInt32 {
    let unit = UInt32(firstUnit + units.count)
    let standing = groups[story]?.representatives ?? []
    for term in terms {
      // A story that tells of it already is no other story: its names must not lose weight.
      let isKnown = standing.contains { units[place($0)].vector.weight(of: term.term) > 0 }
      memory.add(term.term, eighths: isKnown ? 1 : 8)
    }
    replay.append(document)
    if memory.didCountUnit() { replay.turn() }
    units.append(
      StoryUnit(
        cluster: cluster, story: story, vector: vector, arrived: now, documents: [document],
        hasNamed: story == cluster))
    unitOfCluster[cluster] = unit
    put(unit, in: story)
    groups[story, default: StoryGroup()].add(unit, cluster: cluster)
    for term in terms.prefix(Self.listed) {
      index.add(unit, under: term.term) { [firstUnit, firstLive, units] in
        Int($0) >= firstLive && !units[Int($0) - firstUnit].isRetired
      }
    }
    return unit
  }

  // MARK: Explaining

  /// What led to a story: the unit that is nearest, and the terms that weigh most.
  func match(_ compared: Compared, _ vector: TermVector, _ terms: [StoryTerm])
    -> StoryDecision.Match
  {
    let standing = groups[compared.story]?.representatives ?? []
    var shared: [(weight: Double, term: StoryTerm)] = []
    for term in terms {
      let mine = vector.weight(of: term.term)
      let sum = standing.reduce(0.0) { sum, unit in
        let other = units[place(unit)].vector
        return sum + Double(mine * other.weight(of: term.term)) / Double(max(1, other.norm))
      }
      if sum > 0 { shared.append((sum, term)) }
    }
    // Stable by the weight that the terms came in order of.
    let order = shared.indices.sorted { one, other in
      shared[one].weight != shared[other].weight
        ? shared[one].weight > shared[other].weight : one < other
    }
    return StoryDecision.Match(
      document: units[place(compared.nearest)].cluster,
      similarity: min(1, max(0, compared.similarity)),
      terms: order.map {
        .init(token: Int(shared[$0].term.token), isPair: shared[$0].term.isPair)
      })
  }
}
