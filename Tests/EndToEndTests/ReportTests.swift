// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// `neardup report` on the state of a real daemon, and its page in a real browser.
@Suite("Report", .timeLimit(.minutes(10)))
struct ReportTests {
  /// The wire story, and two copies of a text, by names and with words that try to be markup.
  private func places() throws -> Workplace {
    let places = try Workplace()
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    let hostile = Array("</script><script>document.title='owned'</script><b id=owned>\n".utf8)
    let page = try hostile + Fixtures.boilerplate("page-bees.txt")
    try places.write(page, to: "x</script><script>document.title='owned'</script>.txt")
    let other = page + Array("And <img src=x onerror=\"document.title='owned'\"> more.\n".utf8)
    try places.write(other, to: "\" onfocus=alert(1) autofocus \u{202E}.txt")
    #expect(try places.runOnce() == .exited(0))
    return places
  }

  /// Writes a page of the places and opens it; what is looked at stands in the fragment.
  private func seen(
    _ places: Workplace, _ fragment: String = "", _ more: [String] = []
  ) throws -> HeadlessBrowser.Rendering {
    let page = places.path("report.html")
    let told = try places.neardup(["report", page] + more)
    #expect(told.exitStatus == .exited(0), "\(told.standardError)")
    return try HeadlessBrowser.render(page, fragment: fragment)
  }

  private func occurrences(_ part: String, in text: String) -> Int {
    text.split(separator: part, omittingEmptySubsequences: false).count - 1
  }

  @Test("the page is written, told and complete, and refusals have their status")
  func written() throws {
    let places = try places()
    let page = places.path("report.html")
    let told = try places.neardup("report", page, "--json")
    let report = try JSONValue(parsing: told.standardOutput.utf8)
    let bytes = try FileSystem.read(page)
    #expect(report["bytes"]?.integer == bytes.count)
    #expect(report["documents"]?.integer == 7)
    #expect(report["clusters"]?.integer == 2)
    #expect(report["detailed_clusters"]?.integer == 2)
    let text = String(decoding: bytes, as: UTF8.self)
    // Nothing of it is asked for from elsewhere, and the browser is told to ask for nothing.
    #expect(text.contains("content=\"default-src 'none'; "))
    let markup = text.split(separator: "<script").first ?? ""
    for part in ["src=", "<link", "@import", "url("] { #expect(!markup.contains(part)) }
    #expect(try places.neardup("report", "-").standardOutput.hasPrefix("<!DOCTYPE html>"))
    #expect(try places.neardup("report", places.path("none/report.html")).exitStatus == .exited(73))
    #expect(try places.neardup("report", page, "--detailed", "-1").exitStatus == .exited(64))
    #expect(try places.neardup("report", "-", "--json").exitStatus == .exited(64))
  }

  @Test("a browser shows totals, clusters, members, similarity and the marked text", .browser)
  func browser() throws {
    let shown = try seen(places())
    #expect(shown.console.isEmpty)
    #expect(shown.markup.contains("<title>Near-duplicates: 2 clusters</title>"))
    #expect(shown.markup.contains(">Cluster c2</h2>"))
    #expect(shown.markup.contains("4 documents, 4 different files"))
    for name in Fixtures.wireStory.dropLast() { #expect(shown.markup.contains(name)) }
    // The heat map has a cell for each ordered pair, and dashes on its diagonal.
    #expect(occurrences("style=\"--share:", in: shown.markup) == 12)
    #expect(occurrences("<td class=\"self\">", in: shown.markup) == 4)
    // Three members beside the principal, each with its strip; in the text each passage is counted.
    #expect(occurrences("<rect class=\"stays\"", in: shown.markup) >= 3)
    #expect(occurrences("<sup>", in: shown.markup) > 10)
  }

  @Test("a view is in the address: order, search, a cluster and whose reuse is marked", .browser)
  func views() throws {
    let places = try places()
    let newest = try seen(places, "sort=newest").markup
    #expect(newest.contains(">Cluster c1</h2>"))
    #expect(newest.contains("aria-sort=\"descending\"><button type=\"button\" class=\"sort\""))
    #expect(newest.contains("Clusters. Newest first"))
    let found = try seen(places, "find=C-SPUN").markup
    #expect(found.contains("1 cluster of 2"))
    #expect(found.contains(">Cluster c2</h2>") && !found.contains(">c1</a>"))
    let ofStory = try seen(places, "find=s2").markup
    #expect(ofStory.contains("1 cluster of 2") && ofStory.contains(">Cluster c2</h2>"))
    let none = try seen(places, "find=nowhere").markup
    #expect(none.contains("0 clusters of 2"))
    // The principal has the story in another order than most.
    let one = try seen(places, "cluster=2&by=3").markup
    let other = try seen(places, "cluster=2&by=2").markup
    #expect(occurrences("<mark class=\"moves\" title=", in: one + other) > 0)
    #expect(occurrences("<sup>", in: one) == 0)
  }

  @Test("a cluster leads to its story and a story to its clusters", .browser)
  func stories() throws {
    let places = try places()
    let shown = try seen(places).markup
    #expect(shown.contains("Stories of two or more clusters</a></dt><dd>1</dd>"))
    // The wire story and the other agency's article on it, which is alone in its cluster.
    #expect(shown.contains(">Story s2</h2>"))
    #expect(shown.contains("2 clusters, 5 documents"))
    #expect(shown.contains(">s2</a>, with 1 other cluster."))
    #expect(shown.contains("story=2\">s2</a>"))
    let page = places.path("report.html")
    let followed = try HeadlessBrowser.render(
      acting(
        page,
        "const until = (test, then) => test() ? then() : setTimeout(until, 20, test, then);"
          + "const find = (what) => document.querySelector(what);"
          + "location.hash = 'cluster=1';"
          + "until(() => find('#story tbody a'), () => { find('#story tbody a').click();"
          + "until(() => find('#shown')?.textContent === 'Cluster c2', () => {"
          + "find('#cluster p a').click();"
          + "until(() => document.activeElement.id === 'story-shown', () => {"
          + "document.title = document.activeElement.id }) }) })")
    ).markup
    #expect(followed.contains(">Cluster c2</h2>"))
    #expect(followed.contains("<title>story-shown</title>"))
    let without = try Workplace(settings: ["stories": "enabled = false"])
    for name in Fixtures.wireStory { try without.write(Fixtures.wireStory(name), to: name) }
    #expect(try without.runOnce() == .exited(0))
    let plain = try seen(without)
    #expect(plain.console.isEmpty)
    #expect(!plain.markup.contains("id=\"stories\"") && !plain.markup.contains("No story"))
  }

  /// The page without the policy that forbids other scripts than its own, and with one that acts.
  private func acting(_ page: String, _ script: String) throws -> String {
    let text = String(decoding: try FileSystem.read(page), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("Content-Security-Policy") }
    let acting = page + ".acting.html"
    let end = "<script>\(script)</script>"
    try FileSystem.write("\(lines.joined(separator: "\n"))\(end)".utf8, to: acting)
    return acting
  }

  @Test("buttons, the search and the choice of a document change what is looked at", .browser)
  func acting() throws {
    let places = try places()
    let page = places.path("report.html")
    #expect(try places.neardup("report", page).exitStatus == .exited(0))
    let newest = try HeadlessBrowser.render(
      acting(page, "document.getElementById('sort-last').click()")
    ).markup
    #expect(newest.contains(">Cluster c1</h2>"))
    let found = try HeadlessBrowser.render(
      acting(
        page,
        "const f = document.getElementById('find'); f.value = 'c1';"
          + "f.dispatchEvent(new Event('input'))")
    ).markup
    let listed = found.split(separator: "<div id=\"list\">").last ?? ""
    #expect(found.contains(">Cluster c1</h2>"))
    #expect(!listed.split(separator: "<section")[0].contains(">c2</a>"))
    let chosen = try HeadlessBrowser.render(
      acting(
        page,
        "const b = document.getElementById('by'); b.value = '3';"
          + "b.dispatchEvent(new Event('change'))")
    ).markup
    #expect(chosen.contains("<mark title=\"in it\">"))
    // And with its policy, the page runs no script but its own.
    let policed = page + ".policed.html"
    let text = String(decoding: try FileSystem.read(page), as: UTF8.self)
    try FileSystem.write("\(text)<script>document.title = 'owned'</script>".utf8, to: policed)
    let refused = try HeadlessBrowser.render(policed)
    #expect(refused.markup.contains("<title>Near-duplicates: 2 clusters</title>"))
    #expect(refused.console.contains { $0.contains("Content Security Policy") })
  }

  @Test("names and texts that would be markup are text", .browser)
  func hostile() throws {
    let shown = try seen(places(), "cluster=1")
    #expect(shown.console.isEmpty)
    #expect(shown.markup.contains("<title>Near-duplicates: 2 clusters</title>"))
    #expect(shown.markup.contains("x&lt;/script&gt;&lt;script&gt;"))
    #expect(shown.markup.contains("\\u{202e}"))
    #expect(!shown.markup.contains("<b id=\"owned\""))
    #expect(!shown.markup.contains("<img"))
  }

  @Test("of a file that is gone the page says so, and shows the rest", .browser)
  func gone() throws {
    let places = try places()
    for name in Fixtures.wireStory { try FileSystem.remove(places.inDrop(name)) }
    let shown = try seen(places, "cluster=2").markup
    #expect(shown.contains("the file is gone from the drop directory"))
    #expect(occurrences("file gone</span>", in: shown) == 4)
    #expect(occurrences("style=\"--share:", in: shown) == 12)
    let brief = try seen(places, "", ["--detailed", "0"]).markup
    #expect(brief.contains("neardup cluster shows them"))
    #expect(!brief.contains("--share:"))
  }

  @Test("drawings have names, cells have headings, fields have labels", .browser)
  func accessible() throws {
    let shown = try seen(places()).markup
    let body = shown.split(separator: "<body>").last.map(String.init) ?? ""
    for drawing in body.split(separator: "<svg").dropFirst() {
      #expect(drawing.prefix { $0 != ">" }.contains("role=\"img\" aria-label=\""))
    }
    #expect(occurrences("<th>", in: body) == 0)
    #expect(occurrences("<th ", in: body) == occurrences("<th scope=", in: body))
    #expect(occurrences("<caption", in: body) == occurrences("<table", in: body))
    #expect(occurrences("<h1>", in: body) == 1)
    #expect(shown.contains("<html lang=\"en\">"))
  }

  @Test("clusters are found by size, day and story, and put in another order", .browser)
  func filters() throws {
    let places = try places()
    func listed(_ fragment: String) throws -> [String] {
      let markup = try seen(places, fragment).markup
      let list = markup.split(separator: "<div id=\"list\">").last ?? ""
      return list.split(separator: "<section")[0].split(separator: "</a></th>").dropLast()
        .map { String($0.suffix(2)) }
    }
    #expect(try listed("") == ["c2", "c1"])
    #expect(try listed("sort=smallest") == ["c1", "c2"])
    #expect(try listed("sort=toString&rows=7&order=x") == ["c2", "c1"])
    #expect(try listed("least=3") == ["c2"])
    #expect(try listed("from=2000-01-01") == ["c2", "c1"])
    #expect(try listed("from=2999-01-01") == [])
    #expect(try listed("until=2000-01-01") == [])
    #expect(try listed("within=several") == ["c2"])
    #expect(try listed("within=alone") == ["c1"])
    #expect(try listed("within=s2&find=c1") == [])
    let page = places.path("report.html")
    let cleared = try HeadlessBrowser.render(
      acting(page, "document.getElementById('clear').click()"), fragment: "least=3&find=nowhere"
    ).markup
    #expect(cleared.contains(">c2</a></th>") && cleared.contains(">c1</a></th>"))
    // A story leads to its clusters in the list.
    let within = try HeadlessBrowser.render(
      acting(page, "document.querySelector('#story > p a').click()")
    ).markup
    #expect(within.contains("1 cluster of 2") && within.contains(">story s2</option>"))
  }

  @Test("a headline stands over the path, also where the file is gone", .browser)
  func headlines() throws {
    let places = try places()
    let copy = "<!doctype html><title>Bridge <b>closed</b> again</title><p>"
    for name in ["one.html", "two.html"] {
      let text = try Array((copy + name).utf8) + Fixtures.boilerplate("page-library.txt")
      try places.write(text, to: "pages/\(name)")
    }
    #expect(try places.runOnce() == .exited(0))
    try FileSystem.remove(places.inDrop("pages/one.html"))
    let shown = try seen(places, "find=bridge%20%3Cb%3E").markup
    #expect(shown.contains("1 cluster of 3"))
    #expect(
      occurrences("class=\"headline\">Bridge &lt;b&gt;closed&lt;/b&gt; again</span>", in: shown)
        >= 3)
  }

  @Test("of two documents a sentence says what a drawing would", .browser)
  func pair() throws {
    let shown = try seen(places(), "cluster=1").markup
    let section = shown.split(separator: "<section id=\"cluster\"").last ?? ""
    #expect(section.contains("One came at "))
    #expect(section.contains(" of the three-word phrases of document 1 stand in "))
    #expect(!section.split(separator: "</section>")[0].contains("class=\"chart"))
  }
}

extension Trait where Self == ConditionTrait {
  static var browser: Self {
    .enabled("chromium is not installed") { HeadlessBrowser.path != nil }
  }
}
