// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

@testable import Settings

/// Everything a load looks at, with the files in a dictionary.
struct ConfigurationScene {
  var overrides = ConfigurationOverrides()
  var environment: [String: String] = [:]
  var files: [String: String] = [:]

  /// A scene with a file at the usual place.
  init(toml: String? = nil, environment: [String: String] = [:]) {
    self.environment = environment
    if let toml { files[ConfigurationLoader.defaultFile] = toml }
  }

  var loader: ConfigurationLoader {
    let files = files
    return ConfigurationLoader(
      overrides: overrides, environment: environment, workingDirectory: "/home/ed",
      readFile: { path throws(ConfigurationError) in files[path].map { Array($0.utf8) } })
  }

  func load() throws(ConfigurationError) -> LoadedConfiguration {
    try loader.load()
  }

  /// The error of a load that is to fail; nil when it does not.
  func failure() -> ConfigurationError? {
    do throws(ConfigurationError) {
      _ = try load()
      return nil
    } catch {
      return error
    }
  }
}
