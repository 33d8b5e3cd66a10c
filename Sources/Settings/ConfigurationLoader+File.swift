// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension ConfigurationLoader {
  /// The file to read: the one that was asked for, else the one at the usual place.
  var fileToRead: (path: String, askedBy: ConfigurationOrigin?) {
    if let file = overrides.file { return (file, .option("--config")) }
    if let file = environment["NEARDUPD_CONFIG"], !file.isEmpty {
      return (file, .environment("NEARDUPD_CONFIG"))
    }
    let place = ServicePlace.configuration.path(in: environment)
    return (place ?? Self.defaultFile, nil)
  }

  /// Reads and parses the file; nil when there is none and none was asked for.
  func readDocument() throws(ConfigurationError) -> TOMLDocument? {
    let (path, origin) = fileToRead
    // Named as it was asked for, but read from the directory that other paths start at.
    let absolute: String
    do {
      absolute = try PathText.absolute(path, from: workingDirectory)
    } catch {
      throw ConfigurationError(origin ?? .default, error.reason, remedy: error.remedy)
    }
    guard let bytes = try readFile(absolute) else {
      guard let origin else { return nil }
      throw ConfigurationError(
        .file(path, line: nil), "there is no such file", remedy: "\(origin) names it")
    }
    return try TOMLDocument(bytes, name: path)
  }

  /// The errors for what the file holds and no key stands for.
  func unknownKeys(in document: TOMLDocument) -> [ConfigurationError] {
    let known = Set(ConfigurationKey.all.map(\.components))
    let sections = Set(ConfigurationKey.all.map(\.section))
    return document.leaves.compactMap { components, leaf -> ConfigurationError? in
      let origin = document.origin(of: components)
      let path = components.joined(separator: ".")
      if components.count == 1, sections.contains(path) {
        // The header of a section in which everything is commented out.
        guard leaf != .foreign("a table") else { return nil }
        return ConfigurationError(
          origin, key: path, "is a section, not a value", remedy: "write [\(path)]")
      }
      // A table where a key's value should be is reported as that key's wrong type.
      guard !known.contains(Array(components.prefix(2))) else { return nil }
      let advice = ConfigurationKey.advice(forUnknown: path)
      return ConfigurationError(origin, key: path, "unknown key", remedy: advice)
    }
  }

  /// The warnings for variables that look like the daemon's and are none.
  func unknownVariables() -> [String] {
    let known = Set(ConfigurationKey.all.flatMap(\.environmentNames) + ["NEARDUPD_CONFIG"])
    return environment.keys.filter { $0.hasPrefix("NEARDUPD_") && !known.contains($0) }.sorted()
      .map { name in
        let advice = ConfigurationKey.advice(forUnknownVariable: name)
        return "environment \(name): unknown variable, ignored; \(advice)"
      }
  }
}
