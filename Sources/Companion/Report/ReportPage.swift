// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import Crypto

/// One HTML page with all that it needs in it: nothing is loaded, from no network.
struct ReportPage {
  let totals: ReportTotals
  let stories: ReportedStories
  let timeline: ArrivalTimeline
  let index: [UInt8]
  let portraits: [ClusterPortrait]
  /// Where it all comes from, when it was written, and what is not in it.
  let notes: [String]

  func html() throws -> [UInt8] {
    var page = Array(opening.utf8)
    page += Self.data(id: "index", index)
    for portrait in portraits {
      page += Self.data(
        id: "cluster-\(portrait.cluster)", try ControlCoding.encode(portrait))
    }
    for script in Self.scripts {
      page += Array("<script>".utf8) + script + Array("</script>\n".utf8)
    }
    return page + Array("</body>\n</html>\n".utf8)
  }

  private static func data(id: String, _ json: [UInt8]) -> [UInt8] {
    Array("<script type=\"application/json\" id=\"\(id)\">".utf8) + ScriptData.contained(json)
      + Array("</script>\n".utf8)
  }

  /// In the order in which they need each other.
  private static let scripts = [
    PackageResources.words_js, PackageResources.view_js, PackageResources.clusters_js,
    PackageResources.cluster_js, PackageResources.texts_js, PackageResources.stories_js,
    PackageResources.show_js,
  ]

  /// Only this style and these scripts count, so that markup that got in would do nothing.
  private static var policy: String {
    func source(_ bytes: [UInt8]) -> String {
      "'sha256-\(NamedPath.base64(Array(SHA256.hash(data: bytes))))'"
    }
    return "default-src 'none'; base-uri 'none'; form-action 'none'; "
      + "style-src \(source(PackageResources.report_css)); "
      + "script-src \(scripts.map { source($0) }.joined(separator: " "))"
  }

  private var opening: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Near-duplicates: \(ReportText.count(totals.clusters, "cluster"))</title>
    <style>\(String(decoding: PackageResources.report_css, as: UTF8.self))</style>
    </head>
    <body>
    <a class="skip" href="#clusters">To the clusters</a>
    \(stories.several.isEmpty ? "" : "<a class=\"skip\" href=\"#stories\">To the stories</a>")
    <header>
    <h1>Near-duplicates</h1>
    \(notes.map { "<p class=\"aside name\">\(ScriptData.markup($0))</p>" }.joined(separator: "\n"))
    </header>
    <main>
    \(figures)
    \(TimelineChart(timeline).html)
    \(browser)
    </main>

    """
  }

  private var figures: String {
    var figures: [(String, String)] = [
      ("Documents", ReportText.count(totals.documents)),
      ("Different files", ReportText.count(totals.texts)),
      ("Clusters of two or more", ReportText.count(totals.clusters)),
      ("Documents in them", ReportText.count(totals.clustered)),
      ("Largest cluster", ReportText.count(totals.largest)),
    ]
    if stories.count > 0 {
      let title = "Stories of two or more clusters"
      figures.append(
        (
          stories.several.isEmpty ? title : "<a href=\"#stories\">\(title)</a>",
          ReportText.count(stories.several.count)
        ))
    }
    let parts = figures.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }
    return "<dl class=\"totals\">\(parts.joined())</dl>"
  }

  private var browser: String {
    """
    <noscript><p>The clusters are shown by a script, which is turned off here.</p></noscript>
    <div id="browser" hidden>
    <h2 id="clusters" tabindex="-1">Clusters</h2>
    <div class="tools" role="search">
    <label>Find in headlines and paths, or “c12”, “s3”
    <input type="search" id="find" autocomplete="off" spellcheck="false"></label>
    <label>Documents, at least
    <input type="number" id="least" min="2" step="1"></label>
    <label>Seen from (UTC)
    <input type="date" id="from"></label>
    <label>Seen until
    <input type="date" id="until"></label>
    <div id="choices" class="tools"></div>
    <button type="button" id="clear">Clear filters</button>
    </div>
    <p id="found" class="aside" role="status"></p>
    <div id="list"></div>
    <section id="cluster" aria-labelledby="shown"></section>
    \(stories.several.isEmpty ? "" : Self.storyBrowser)
    </div>
    """
  }
  private static let storyBrowser = """
    <h2 id="stories" tabindex="-1">Stories</h2>
    <p class="aside">A story is one event in different words: clusters that tell of the same. \
    Those of two clusters and more are listed.</p>
    <div id="story-choices" class="tools"></div>
    <div id="story-list"></div>
    <section id="story" aria-labelledby="story-shown"></section>
    """
}
