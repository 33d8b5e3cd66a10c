// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

extension Stories {
  /// A unit joins a story from this similarity on.
  static let joining = 0.205
  /// What a story gains with the logarithm of those that stand for it: many agree by less.
  private static let sizeBonus = 0.03
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
  ///   - document: Who came to the cluster.
  ///   - source: Under which document the same text is stored.
  ///   - time: Of arrival or publication, as the clock says, in microseconds since the epoch.
  package mutating func link(
    _ text: StoryText, cluster: UInt32, document: UInt32, source: UInt32? = nil, time: Int64
  ) -> StoryDecision {
    turn(to: time)
    let candidates = candidates(text)
    for line in text.lines { memory.see(line) }
    let quantised = TermVector.quantised(weigh(candidates))
    let vector = TermVector(quantised)
    probe.load(vector)
    let compared = compare(
      similar(quantised, from: firstLive, at: now).compactMap { story in
        group(story, at: now).map { (story, $0) }
      })
    let joined = Self.choice(compared, reserve: text.reserve)
    var decision = StoryDecision(story: joined?.story ?? cluster)
    decision.match = joined.map { match($0, quantised, candidates) }
    decision.trace = StoryTrace(
      cluster: cluster, source: source ?? document, story: decision.story, terms: quantised)
    remember(quantised, of: decision.story)
    let unit = enter(vector, quantised, cluster, document, decision.story)
    merge(
      unit, compared.filter { $0.similarity >= Self.hint + text.reserve }, quantised, candidates,
      &decision)
    split(story(ofUnit: unit), after: document, &decision)
    return decision
  }

  /// The story that a unit joins, of those that it was compared with; nil when it begins one.
  ///
  /// - Parameter reserve: of its text.
  static func choice(_ compared: [Compared], reserve: Double) -> Compared? {
    var joined: Compared?
    for other in compared where other.similarity > (joined?.similarity ?? joining + reserve) {
      joined = other
    }
    return joined
  }

  /// The heaviest terms by the static tables, when lines that came before weigh little.
  mutating func candidates(_ text: StoryText) -> [TermCandidate] {
    text.candidates(seen: text.lines.map { memory.hasSeen($0) }, &gathering)
  }

  /// The terms by the static tables and by what the collection says, the heaviest first.
  func weigh(_ candidates: [TermCandidate]) -> [WeighedTerm] {
    let tables = TermTables.shared
    let common = TermTables.common(units: memory.unitCount)
    // Apart from what is made of them, so that the look-ups can overlap.
    let counts = candidates.map { memory.count($0.term) }
    var terms: [WeighedTerm] = []
    terms.reserveCapacity(candidates.count)
    for (candidate, count) in zip(candidates, counts) {
      let information = TermTables.information(of: candidate, stories: count, common: common)
      guard information >= TermTables.leastInformation else { continue }
      terms.append(
        WeighedTerm(
          term: StoryTerm(
            term: candidate.term, weight: candidate.factor * tables.power(information)),
          context: candidate.context))
    }
    if terms.count > StoryTerm.limit {
      _ = Selection.element(StoryTerm.limit - 1, of: &terms, by: WeighedTerm.precedes)
      terms.removeLast(terms.count - StoryTerm.limit)
    }
    terms.sort(by: WeighedTerm.precedes)
    return terms
  }

  /// A story that shares some of the heaviest terms.
  struct Similar {
    let story: UInt32
    var sum = 0
    /// The last term that counted.
    var last = -1

    /// The stories that share most come first, of equal ones the earlier.
    func precedes(_ other: Similar) -> Bool {
      sum != other.sum ? sum > other.sum : story < other.story
    }
  }

  /// The stories that share most of the heaviest terms, the most first.
  ///
  /// - Parameters:
  ///   - first: units with lower numbers take no part; none that has been retired does.
  ///   - time: of the unit that has the terms.
  mutating func similar(
    _ terms: [StoryTrace.Term], from first: Int, at time: Int64
  ) -> [UInt32] {
    // Lent once for all: this looks at hundreds of units.
    var (places, sums) = (NumberMap(), [Similar]())
    swap(&places, &self.places)
    swap(&sums, &self.sums)
    forEachListed(terms.prefix(Self.lookedUp), from: first, at: time) { number, story in
      let entry = places.place(of: story)
      if entry == sums.count { sums.append(Similar(story: story)) }
      // Each story once for a term.
      if sums[entry].last == number { return }
      sums[entry].last = number
      sums[entry].sum += Int(terms[number].weight) * Int(terms[number].weight)
    }
    let similar = Self.first(Self.storyLimit, of: sums).map(\.story)
    places.removeAll()
    sums.removeAll(keepingCapacity: true)
    swap(&places, &self.places)
    swap(&sums, &self.sums)
    return similar
  }

  /// Passes on the number of each term with the stories of the units that are listed under it.
  ///
  /// All of this is far away, and each step needs what the one before found: a step is done for
  /// all terms before the next, so that the waiting overlaps.
  private func forEachListed(
    _ terms: ArraySlice<StoryTrace.Term>, from first: Int, at time: Int64,
    _ body: (Int, UInt32) -> Void
  ) {
    let isInOrder = clock == .arrival
    let entries =
      isInOrder
      ? terms.map { index.entry(of: $0.term) }
      : terms.flatMap { keys(of: $0.term, near: time).map { index.entry(of: $0) } }
    let limit = StoryIndex.listLimit
    let perTerm = limit * keysPerTerm
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: limit * entries.count) { units in
      guard let start = units.baseAddress else { return }
      for (number, entry) in entries.enumerated() {
        index.copy(entry, to: start + number * limit)
      }
      storyOfUnit.withUnsafeBufferPointer { storyOfUnit in
        for place in units.indices where units[place] != 0 {
          let unit = units[place] - 1
          let takesPart = Int(unit) >= first && (isInOrder || isNear(unit, to: time))
          units[place] = takesPart ? storyOfUnit[self.place(unit)] : 0
        }
      }
      for place in units.indices where units[place] != 0 { body(place / perTerm, units[place]) }
    }
  }

  /// The first of many in order, without putting the others in order.
  private static func first(_ limit: Int, of all: [Similar]) -> [Similar] {
    var chosen: [Similar] = []
    chosen.reserveCapacity(limit + 1)
    for one in all {
      if chosen.count == limit, !one.precedes(chosen[limit - 1]) { continue }
      let place = chosen.firstIndex { one.precedes($0) } ?? chosen.count
      chosen.insert(one, at: place)
      if chosen.count > limit { chosen.removeLast() }
    }
    return chosen
  }

  /// Compares the vector that is loaded with stories.
  mutating func compare(_ stories: [(story: UInt32, group: StoryGroup)]) -> [Compared] {
    // The vectors are far away: all are asked for before the first is needed.
    for (_, group) in stories {
      for unit in group.representatives { touched |= vectors.touch(at: place(unit)) }
    }
    return stories.map { compare($0.story, $0.group) }
  }

  /// The mean cosine of the vector that is loaded with those that stand for a story.
  private func compare(_ story: UInt32, _ group: StoryGroup) -> Compared {
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

  /// Counts the terms of the unit whose vector is loaded, before it is in its story.
  mutating func remember(_ terms: [StoryTrace.Term], of story: UInt32) {
    takeShares(of: story)
    for term in terms {
      // A story that tells of it already is no other story: its names must not lose weight. The
      // words of a form do, however large the story is that holds them.
      memory.add(term.term, eighths: probe.share(of: term.term) > 0 ? 1 : 8)
    }
  }

  /// Puts a unit into its story and lists it; answers its number.
  mutating func enter(
    _ vector: TermVector, _ terms: [StoryTrace.Term], _ cluster: UInt32, _ document: UInt32,
    _ story: UInt32
  ) -> UInt32 {
    let unit = UInt32(firstUnit + units.count)
    if memory.didCountUnit() { replay.turn() }
    units.append(
      StoryUnit(
        cluster: cluster, time: now, documents: [document],
        hasNamed: story == cluster))
    vectors.append(vector)
    storyOfUnit.append(story)
    unitOfCluster[cluster] = unit
    put(unit, in: story)
    if story == cluster { storyCount += 1 }
    groups.add(unit, cluster: cluster, to: story)
    let keys = terms.prefix(Self.listed).map { key(of: $0.term, at: now) }
    for key in keys { touched |= index.touchHome(of: key) }
    for key in keys { touched |= index.touchList(of: key) }
    for key in keys {
      index.add(unit, under: key) { [firstUnit, firstLive, storyOfUnit] in
        Int($0) >= firstLive && storyOfUnit[Int($0) - firstUnit] != 0
      }
    }
    return unit
  }

  // MARK: Explaining

  /// What led to a story: the unit that is nearest, and the terms that weigh most in the vector
  /// that is loaded.
  mutating func match(
    _ compared: Compared, _ terms: [StoryTrace.Term], _ candidates: [TermCandidate]
  ) -> StoryDecision.Match {
    takeShares(of: compared.story)
    var shared: [(weight: Double, term: UInt32)] = []
    shared.reserveCapacity(terms.count)
    for term in terms {
      let share = probe.share(of: term.term)
      if share > 0 { shared.append((share, term.term)) }
    }
    // Stable by the weight that the terms came in order of.
    let order = shared.indices.sorted { one, other in
      shared[one].weight != shared[other].weight
        ? shared[one].weight > shared[other].weight : one < other
    }
    return StoryDecision.Match(
      document: units[place(compared.nearest)].cluster,
      similarity: min(1, max(0, compared.similarity)),
      terms: order.compactMap { place in
        candidates.first { $0.term == shared[place].term }
          .map { .init(token: Int($0.token), isPair: $0.isPair) }
      })
  }

  /// Adds up what each term of the vector that is loaded has of the similarity to a story.
  private mutating func takeShares(of story: UInt32) {
    probe.clearShares()
    for unit in group(story, at: now)?.representatives ?? [] {
      probe.addShares(vectors, at: place(unit))
    }
  }
}
