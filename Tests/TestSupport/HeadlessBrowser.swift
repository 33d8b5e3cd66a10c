// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// Chromium without a window, to see what a page becomes in a browser.
package enum HeadlessBrowser {
  /// Nil where it is not installed; the tests that need it are skipped there.
  package static let path: String? = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
    access($0, X_OK) == 0
  }

  /// What became of a page.
  package struct Rendering: Sendable {
    /// The document after its scripts ran, as markup.
    package let markup: String
    /// What the page, or the browser on its behalf, wrote to the console.
    package let console: [Substring]
  }

  /// Opens a file as a user does.
  ///
  /// - Parameters:
  ///   - fragment: what stands behind the "#" of the address.
  ///   - isDark: whether the user prefers dark colours.
  package static func render(
    _ page: String, fragment: String = "", isDark: Bool = false
  ) throws -> Rendering {
    let profile = try TemporaryDirectory()
    let process = try ChildProcess(
      path ?? "chromium",
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--no-first-run", "--user-data-dir=\(profile.path("profile"))",
        "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--window-size=1600,1200",
        "--enable-logging=stderr", "--virtual-time-budget=2000", "--dump-dom",
        "file://\(page)#\(fragment)",
      ],
      environment: ["PATH": "/usr/bin:/bin", "HOME": profile.path])
    _ = try process.waitForExit(within: 120)
    return Rendering(
      markup: process.standardOutput,
      console: process.standardError.split(separator: "\n").filter { $0.contains("CONSOLE") })
  }

  /// Opens a file as on a screen of that width, in a frame since a window has no less than 500
  /// pixels, and answers what the page's scripts told it by `parent.postMessage`, a line each.
  package static func told(
    by page: String, fragment: String = "", width: Int, isDark: Bool
  ) throws -> [Substring] {
    let wrapper = page + ".\(width).html"
    try FileSystem.write(
      """
      <!DOCTYPE html><meta charset="utf-8"><script>addEventListener("message", (told) => {
        document.getElementById("told").textContent += told.data + "\\n";
      });</script><pre id="told"></pre>
      <iframe width="\(width)" height="800" src="file://\(page)#\(fragment)"></iframe>
      """.utf8, to: wrapper)
    let markup = try render(wrapper, isDark: isDark).markup
    guard let start = markup.range(of: "<pre id=\"told\">")?.upperBound,
      let end = markup[start...].range(of: "</pre>")?.lowerBound
    else { return [] }
    return markup[start..<end].split(separator: "\n")
  }
}

extension StringProtocol {
  /// Where the text is first found.
  fileprivate func range(of text: String) -> Range<Index>? {
    indices.first { self[$0...].hasPrefix(text) }.map { $0..<index($0, offsetBy: text.count) }
  }
}
