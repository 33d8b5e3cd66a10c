// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How many documents arrived and clusters began, in equal stretches of time.
struct ArrivalTimeline: Sendable, Equatable {
  struct Stretch: Sendable, Equatable {
    var documents = 0
    /// Documents that are in a cluster with another one now.
    var clustered = 0
    /// Clusters of two documents and more whose first document arrived.
    var begun = 0
  }

  /// What a chart of a page's width can show.
  static let stretches = 60

  /// Widths that people count in, in seconds.
  private static let widths: [Int64] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200,
    86_400, 172_800, 604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000,
  ]
  private static let second: Int64 = 1_000_000

  /// Microseconds since the epoch.
  let start: Int64
  /// Microseconds; that of one stretch.
  let width: Int64
  let stretches: [Stretch]

  init(_ collection: RecordedCollection, _ clusters: ReportedClusters) {
    let times = collection.documents.map(\.arrived)
    // A clock that was set makes the order of arrival another than that of the times.
    let (first, last) = (times.min() ?? 0, times.max() ?? 0)
    width = Self.width(from: first, to: last)
    start = Self.floor(first, width)
    let (start, width) = (start, width)
    var stretches = Array(
      repeating: Stretch(), count: times.isEmpty ? 0 : Int((last - start) / width) + 1)
    for time in times { stretches[Int((time - start) / width)].documents += 1 }
    for cluster in clusters.all {
      for (place, member) in cluster.members.enumerated() {
        let stretch = Int((member.arrived - start) / width)
        stretches[stretch].clustered += 1
        if place == 0 { stretches[stretch].begun += 1 }
      }
    }
    self.stretches = stretches
  }

  /// The moment at which a stretch begins.
  func start(of stretch: Int) -> Int64 { start + Int64(stretch) * width }

  private static func width(from first: Int64, to last: Int64) -> Int64 {
    let fitting = widths.map { $0 * second }
      .first { (last - floor(first, $0)) / $0 < Int64(stretches) }
    return fitting ?? (last - first) / Int64(stretches - 1) + 1
  }

  private static func floor(_ time: Int64, _ width: Int64) -> Int64 {
    let rest = time % width
    return time - (rest < 0 ? rest + width : rest)
  }
}
