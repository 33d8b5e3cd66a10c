// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// How the page of `neardup report` looks, on small and large screens, with names as long as those
/// that people have.
@Suite("Report's appearance", .timeLimit(.minutes(10)))
struct ReportAppearanceTests {
  private static let site =
    "https___www.the-daily-intelligencer-of-aldmere.example.com_world_europe"

  /// A cluster of nine with headlines, one of two in another directory, stories, and enough
  /// clusters for several pages.
  private static func places() throws -> Workplace {
    let places = try Workplace()
    let news = SyndicatedNews(seed: 5).documents(stories: 30, singles: 3, tables: 0, order: 7)
    for (place, document) in news.enumerated() {
      let name = "2026-11-\(10 + place % 20)/\(site)_\(document.label)_article-\(place).txt"
      try places.write(document.text.utf8, to: name)
    }
    let paragraphs = SyndicatedNews(seed: 9).documents(stories: 1, singles: 0, tables: 0, order: 1)
    let text = paragraphs[0].text
    for copy in 0..<9 {
      let title = "Minister resigns over the bridge at Aldmere after a night of talks, copy \(copy)"
      try places.write(
        "<!doctype html><title>\(title)</title><p>Edition \(copy) of it.<p>\(text)".utf8,
        to: "agencies/\(site)_minister-resigns-over-the-bridge_edition-\(copy).html")
    }
    for name in Fixtures.wireStory {
      try places.write(Fixtures.wireStory(name), to: "wire/\(site)/\(name)")
    }
    #expect(try places.runOnce(within: 120) == .exited(0))
    return places
  }

  /// A page with the script that looks at it, which its own policy would forbid.
  private static func page(_ places: Workplace) throws -> String {
    let page = places.path("report.html")
    let told = try places.neardup("report", page)
    #expect(told.exitStatus == .exited(0), "\(told.standardError)")
    let audit = try Fixtures.text("report-audit.js")
    let lines = String(decoding: try FileSystem.read(page), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("Content-Security-Policy") }
    try FileSystem.write("\(lines.joined(separator: "\n"))<script>\(audit)</script>".utf8, to: page)
    return page
  }

  @Test(
    "nothing is too wide, too pale or out of reach, on 390 and 1280 pixels, light and dark",
    .browser)
  func appearance() throws {
    let places = try Self.places()
    let page = try Self.page(places)
    let large = try #require(
      try places.lines().assigned.first { $0.path.hasPrefix("agencies/") }?["cluster"]?.string)
    let views = ["", "cluster=\(large.dropFirst())", "sort=smallest&rows=50", "find=e-other"]
    for (width, isDark) in [(390, false), (390, true), (1_280, false), (1_280, true)] {
      for view in views {
        let told = try HeadlessBrowser.told(
          by: page, fragment: view, width: width, isDark: isDark)
        #expect(
          told == ["\(width) \(isDark ? "dark" : "light") true true"], "\(view) at \(width)")
      }
    }
  }
}
