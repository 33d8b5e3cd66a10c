// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The arrivals over time as drawings and as a table, readable without a script.
struct TimelineChart {
  private static let height = 100

  private let timeline: ArrivalTimeline

  init(_ timeline: ArrivalTimeline) { self.timeline = timeline }

  var html: String {
    let used = timeline.stretches.count { $0.documents > 0 }
    guard used > 0 else { return "<p>No document has arrived yet.</p>" }
    // Of so few a table says all.
    if used < 3 { return "<h2>Arrivals over time</h2>\n\(table)" }
    return """
      <h2>Arrivals over time</h2>
      \(documents)
      \(clusters)
      <details><summary>The same as a table</summary>
      \(table)
      </details>
      """
  }

  private var documents: String {
    figure(
      "<span class=\"key all\"></span>Documents <span class=\"key joined\"></span>of these in a "
        + "cluster with others; at most \(ReportText.count(most(\.documents))) in \(each)",
      label: "Documents that arrived", kind: "",
      bars: bars(\.documents, "all") + bars(\.clustered, "joined", of: \.documents))
  }

  private var clusters: String {
    figure(
      "Clusters of two or more that began; at most \(ReportText.count(most(\.begun))) in \(each)",
      label: "Clusters that began", kind: " low", bars: bars(\.begun, "joined"))
  }

  private func figure(_ caption: String, label: String, kind: String, bars: String) -> String {
    let last = timeline.stretches.count - 1
    return """
      <figure>
      <figcaption class="aside">\(caption)</figcaption>
      <svg class="chart\(kind)" viewBox="0 0 \(timeline.stretches.count) \(Self.height)" \
      preserveAspectRatio="none" role="img" aria-label="\(label); the table has the figures">\
      \(bars)</svg>
      <div class="axis" aria-hidden="true"><span>\(time(0))</span><span>\(time(last))</span></div>
      </figure>
      """
  }

  private func bars(
    _ figure: KeyPath<ArrivalTimeline.Stretch, Int>, _ kind: String,
    of scale: KeyPath<ArrivalTimeline.Stretch, Int>? = nil
  ) -> String {
    let most = max(1, most(scale ?? figure))
    return timeline.stretches.enumerated().filter { $0.element[keyPath: figure] > 0 }
      .map { place, stretch in
        // Whatever is there is seen.
        let height = max(1, stretch[keyPath: figure] * Self.height / most)
        return "<rect class=\"\(kind)\" x=\"\(place).05\" y=\"\(Self.height - height)\" "
          + "width=\"0.9\" height=\"\(height)\"><title>\(time(place)): \(words(stretch))</title>"
          + "</rect>"
      }.joined()
  }

  private var table: String {
    let rows = timeline.stretches.enumerated().filter { $0.element.documents > 0 }
      .map { place, stretch in
        "<tr><th scope=\"row\" class=\"time\">\(time(place))</th>"
          + [stretch.documents, stretch.clustered, stretch.begun]
          .map { "<td class=\"number\">\(ReportText.count($0))</td>" }.joined() + "</tr>"
      }
    return """
      <table><caption>Stretches of \(each) in which a document arrived</caption>
      <thead><tr><th scope="col">From (UTC)</th><th scope="col" class="number">Documents</th>
      <th scope="col" class="number">In clusters</th>
      <th scope="col" class="number">Clusters begun</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table>
      """
  }

  private func words(_ stretch: ArrivalTimeline.Stretch) -> String {
    "\(ReportText.count(stretch.documents, "document")), "
      + "\(ReportText.count(stretch.clustered)) in clusters, "
      + "\(ReportText.count(stretch.begun, "cluster")) begun"
  }

  private func most(_ figure: KeyPath<ArrivalTimeline.Stretch, Int>) -> Int {
    timeline.stretches.map { $0[keyPath: figure] }.max() ?? 0
  }

  private func time(_ place: Int) -> String { ReportText.time(timeline.start(of: place)) }

  /// "15 minutes"
  private var each: String {
    let seconds = timeline.width / 1_000_000
    let units: [(Int64, String)] = [
      (86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"),
    ]
    for (length, unit) in units where seconds >= length && seconds % length == 0 {
      return ReportText.count(Int(seconds / length), unit)
    }
    return ReportText.count(Int(seconds), "second")
  }
}
