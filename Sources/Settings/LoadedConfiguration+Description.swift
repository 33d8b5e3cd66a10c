// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension LoadedConfiguration {
  /// What `--check-config` prints: each key with its value and where that came from.
  ///
  /// One key per line, as `drop.settle = "200ms"   # default`; the whole is a TOML file that
  /// loads to the same configuration.
  package func describe() -> String {
    let assignments = ConfigurationKey.all.map { "\($0.path) = \($0.render(configuration))" }
    // Long lists should not push every origin out of sight.
    let width = assignments.map(\.count).filter { $0 <= 56 }.max() ?? 0
    let file = file.map { Self.comment("read from \($0)") } ?? "no file was read"
    var lines = ["# neardupd configuration, \(file)"]
    for (key, assignment) in zip(ConfigurationKey.all, assignments) {
      let padding = String(repeating: " ", count: max(0, width - assignment.count) + 3)
      lines.append(assignment + padding + "# " + Self.comment("\(origin(of: key.path))"))
    }
    lines += warnings.map { "# warning: " + Self.comment($0) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A text that cannot break out of its comment, as a file name with a newline would.
  private static func comment(_ text: String) -> String {
    let quoted = TOMLText.quoted(text)
    return quoted.contains("\\") ? quoted : text
  }
}
