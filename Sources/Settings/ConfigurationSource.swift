// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// The sources of the configuration, kept so that a reload reads them again.
package struct ConfigurationSource: Sendable {
  private let loader: ConfigurationLoader

  /// With what the options say; environment and working directory are those of this process.
  ///
  /// - Parameter variables: what the environment is to have as well, such as systemd's places.
  package init(_ overrides: ConfigurationOverrides, adding variables: [String: String] = [:]) {
    loader = ConfigurationLoader(
      overrides: overrides, environment: Self.environment().merging(variables) { $1 },
      workingDirectory: Self.workingDirectory())
  }

  package func load() throws(ConfigurationError) -> LoadedConfiguration { try loader.load() }

  /// The configuration, or what of its places can be read when something is wrong with it.
  package func loadPlaces() -> (LoadedConfiguration, ConfigurationError?) { loader.loadPlaces() }

  private static func environment() -> [String: String] {
    var result: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { result[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    return result
  }

  private static func workingDirectory() -> String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}
