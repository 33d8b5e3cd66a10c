// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration

/// Makes one configuration out of options, environment, file, systemd's places and defaults.
///
/// What stands earlier in that list wins. Everything the loader looks at is given to it, so
/// loading again, on SIGHUP or in a test, is calling `load` again.
package struct ConfigurationLoader: Sendable {
  /// Reads a file; nil when there is none.
  package typealias FileReader = @Sendable (String) throws(ConfigurationError) -> [UInt8]?

  /// The file that is read when it exists and no other is named.
  package static let defaultFile = "/etc/neardupd/neardupd.toml"

  package var overrides: ConfigurationOverrides
  package var environment: [String: String]
  /// Where relative paths start, wherever they are written.
  package var workingDirectory: String
  package var readFile: FileReader

  /// A loader for the given sources.
  package init(
    overrides: ConfigurationOverrides = ConfigurationOverrides(),
    environment: [String: String], workingDirectory: String,
    readFile: @escaping FileReader = ConfigurationFile.read
  ) {
    self.overrides = overrides
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.readFile = readFile
  }

  /// Loads and checks the configuration; the error holds all that is wrong, in order of lines.
  package func load() throws(ConfigurationError) -> LoadedConfiguration {
    let document = try readDocument()
    var layers = [ConfigurationLayer.options(overrides), .environment(environment)]
    if let document { layers.append(.file(document)) }
    layers.append(.service(environment))

    var result = LoadedConfiguration(
      configuration: DaemonConfiguration(), file: document?.name,
      runtimeDirectory: ServicePlace.runtime.path(in: environment),
      warnings: unknownVariables())
    var problems = document.map(unknownKeys) ?? []
    for key in ConfigurationKey.all {
      problems += resolve(key, in: layers, into: &result)
    }
    if problems.isEmpty {
      problems = result.configuration.conflicts().map { conflict in
        ConfigurationError(
          result.origins[conflict.key] ?? .default, key: conflict.key, conflict.reason,
          remedy: conflict.remedy)
      }
    }
    try Self.report(problems)
    return result
  }

  /// The configuration for who only wants to know where things are: with an error, the places
  /// that can be read in spite of it, and the error.
  package func loadPlaces() -> (LoadedConfiguration, ConfigurationError?) {
    do throws(ConfigurationError) {
      return (try load(), nil)
    } catch {
      var layers = [ConfigurationLayer.options(overrides), .environment(environment)]
      if let document = try? readDocument() { layers.append(.file(document)) }
      layers.append(.service(environment))
      var result = LoadedConfiguration(
        configuration: DaemonConfiguration(), file: nil,
        runtimeDirectory: ServicePlace.runtime.path(in: environment), warnings: [])
      for key in ConfigurationKey.all where ["state.directory", "log.path"].contains(key.path) {
        _ = resolve(key, in: layers, into: &result)
      }
      return (result, error)
    }
  }

  /// Throws what was found, the file's first line first.
  private static func report(_ problems: [ConfigurationError]) throws(ConfigurationError) {
    let sorted = problems.sorted { ($0.line ?? 0, $0.key ?? "") < ($1.line ?? 0, $1.key ?? "") }
    guard var first = sorted.first else { return }
    // Twenty are enough to see that it is the wrong file.
    first.further = Array(sorted.dropFirst().prefix(20))
    throw first
  }

  /// Sets a key from the first layer that has it; returns what is wrong in any of them.
  private func resolve(
    _ key: ConfigurationKey, in layers: [ConfigurationLayer],
    into result: inout LoadedConfiguration
  ) -> [ConfigurationError] {
    var problems: [ConfigurationError] = []
    var isSet = false
    for layer in layers {
      var origins: [ConfigurationOrigin] = []
      for lookup in layer.lookups(key) {
        do throws(ValueProblem) {
          var changed = result.configuration
          guard try assign(key, from: layer, at: lookup, to: &changed) else { continue }
          origins.append(lookup.origin)
          guard !isSet else { continue }
          isSet = true
          result.configuration = changed
          result.origins[key.path] = lookup.origin
        } catch {
          problems.append(
            ConfigurationError(
              lookup.origin, key: key.path, error.reason, remedy: error.remedy))
        }
      }
      if origins.count > 1 {
        problems.append(
          ConfigurationError(
            origins[1], key: key.path, "is set by \(origins[0]) as well",
            remedy: "set only one of them"))
      }
    }
    return problems
  }

  /// Reads one value; false when the layer has none there.
  private func assign(
    _ key: ConfigurationKey, from layer: ConfigurationLayer,
    at lookup: ConfigurationLayer.Lookup, to configuration: inout DaemonConfiguration
  ) throws(ValueProblem) -> Bool {
    do {
      let found = try layer.provider(key).value(forKey: lookup.key, type: key.type)
      guard let content = found.value?.content else { return false }
      try key.assign(content, workingDirectory, &configuration)
      return true
    } catch let problem as ValueProblem {
      throw problem
    } catch let mismatch as TOMLProvider.Mismatch {
      throw ValueProblem("expected \(key.expectation), found \(mismatch.found)")
    } catch {
      guard case .environment(let name) = lookup.origin, let text = environment[name] else {
        throw ValueProblem("expected \(key.expectation)")
      }
      throw ValueProblem("expected \(key.expectation), found \(TOMLText.quoted(text))")
    }
  }
}
