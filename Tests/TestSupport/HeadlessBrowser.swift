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
  /// - Parameter fragment: what stands behind the "#" of the address.
  package static func render(_ page: String, fragment: String = "") throws -> Rendering {
    let profile = try TemporaryDirectory()
    let process = try ChildProcess(
      path ?? "chromium",
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--no-first-run", "--user-data-dir=\(profile.path("profile"))",
        "--enable-logging=stderr", "--virtual-time-budget=2000", "--dump-dom",
        "file://\(page)#\(fragment)",
      ],
      environment: ["PATH": "/usr/bin:/bin", "HOME": profile.path])
    _ = try process.waitForExit(within: 120)
    return Rendering(
      markup: process.standardOutput,
      console: process.standardError.split(separator: "\n").filter { $0.contains("CONSOLE") })
  }
}
