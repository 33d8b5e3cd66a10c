// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import StateStore

/// What `neardup report` writes: the page, and what to say about it.
struct CollectionReport {
  let html: [UInt8]
  let totals: ReportTotals
  let stories: ReportedStories
  /// Clusters that are listed, and those that come with figures and texts.
  let listed: Int
  let detailed: Int

  /// - Parameter now: microseconds since the epoch.
  init(_ source: CollectionSource, from places: ResultPlaces, _ limits: PageLimits, now: Int64)
    throws
  {
    let collection = source.collection
    let clusters = ReportedClusters(collection, limits)
    totals = ReportTotals(collection, clusters)
    let (partition, trouble) = Self.storyPartition(source.log)
    stories = ReportedStories(collection, partition, limits)
    let portraits = try Self.portraits(clusters, source, limits)
    listed = clusters.listed.count
    detailed = portraits.count
    let headlines = ReportedHeadlines(clusters, stories, of: collection, source.log, limits)
    let index = ReportIndex(
      clusters, stories, headlines, of: collection, limits,
      withoutDetails: Self.withoutDetails(hasState: source.state != nil, limits))
    html = try ReportPage(
      totals: totals, stories: stories, timeline: ArrivalTimeline(collection, clusters),
      index: index.json(), portraits: portraits,
      notes: Self.notes(clusters, source, places, limits, now: now)
        + Self.notes(stories, trouble ?? source.log.missing())
    ).html()
  }

  /// Stories are in the log alone: of one that cannot be read the page says so and does without.
  private static func storyPartition(_ log: LogScan) -> (Partition, trouble: String?) {
    do {
      return (try StoryScan(log).partition, nil)
    } catch {
      return (Partition(), CommandFailure(error).description)
    }
  }

  /// - Parameter missing: why records are not there; nil when all are.
  private static func notes(_ stories: ReportedStories, _ missing: String?) -> [String] {
    var notes: [String] = []
    if stories.untold > 0, stories.count > 0 || missing != nil {
      notes.append(
        "No story is known of \(ReportText.count(stories.untold, "document")): "
          + (missing ?? "none were gathered when it came") + ".")
    }
    if stories.listed.count < stories.several.count {
      let missing = stories.several.count - stories.listed.count
      notes.append(
        "\(ReportText.count(missing)) of the stories are of a middling size and age, and not "
          + "listed.")
    }
    return notes
  }

  /// A moment of the state for each, so that the daemon can fold its write-ahead log in between.
  private static func portraits(
    _ clusters: ReportedClusters, _ source: CollectionSource, _ limits: PageLimits
  ) throws -> [ClusterPortrait] {
    guard let state = source.state else { return [] }
    return try clusters.detailed.map { place in
      let cluster = clusters.all[place]
      return try state.snapshot { state in
        try ClusterPortrait(
          cluster.number, Array(cluster.members.prefix(limits.members)), of: source.collection,
          in: state, limits)
      }
    }
  }

  private static func withoutDetails(hasState: Bool, _ limits: PageLimits) -> String {
    guard hasState else {
      return "What the documents share takes the state's texts; this comes from the log alone."
    }
    guard limits.detailed > 0 else {
      return "This page comes without figures and texts (--detailed 0); neardup cluster shows them."
    }
    return "Only the \(ReportText.count(limits.detailed)) largest and the "
      + "\(ReportText.count(limits.detailed)) newest clusters come with figures and texts on this "
      + "page (--detailed); neardup cluster shows any."
  }

  private static func notes(
    _ clusters: ReportedClusters, _ source: CollectionSource, _ places: ResultPlaces,
    _ limits: PageLimits, now: Int64
  ) -> [String] {
    let origin =
      source.collection.source == .state
      ? "the state in \(TerminalText.safe(places.stateDirectory))"
      : "the log \(TerminalText.safe(places.clusterLog)) alone"
    var notes = [
      "Written by neardup \(Version.current) on \(ReportText.time(now)) UTC from \(origin)."
    ]
    if source.state != nil, limits.detailed > 0, clusters.detailed.count < clusters.all.count {
      notes.append(
        "Figures and texts are there for the \(ReportText.count(limits.detailed)) largest and the "
          + "\(ReportText.count(limits.detailed)) newest clusters, "
          + "\(ReportText.count(clusters.detailed.count)) in all.")
    }
    if clusters.listed.count < clusters.all.count {
      let missing = clusters.all.count - clusters.listed.count
      notes.append(
        "\(ReportText.count(missing, "cluster")) of a middling size and age are counted and not "
          + "listed.")
    }
    return notes
  }
}
