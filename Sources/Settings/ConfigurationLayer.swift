// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration

/// One source of values, and how a key is asked for in it.
///
/// swift-configuration's reader stops at the first source that has a value and tells its name
/// only to a log. Here each source is asked, so that a wrong value is found even where another
/// one overrides it, and the answer says where in the source it stands.
struct ConfigurationLayer {
  /// A place to look, with the origin of what is found there.
  typealias Lookup = (key: AbsoluteConfigKey, origin: ConfigurationOrigin)

  /// The provider for a key; lists may differ in their separators.
  package let provider: (ConfigurationKey) -> any ConfigProvider
  let lookups: (ConfigurationKey) -> [Lookup]

  /// The command line.
  package static func options(_ overrides: ConfigurationOverrides) -> Self {
    var values: [AbsoluteConfigKey: ConfigValue] = [:]
    for key in ConfigurationKey.all {
      guard let option = key.option, let texts = overrides.values[option] else { continue }
      let content: ConfigContent =
        key.type == .stringArray ? .stringArray(texts) : .string(texts.last ?? "")
      values[key.absolute] = ConfigValue(content, isSecret: false)
    }
    let provider = InMemoryProvider(name: "options", values: values)
    return Self(provider: { _ in provider }) { key in
      key.option.map { [(key.absolute, .option("--\($0)"))] } ?? []
    }
  }

  /// The daemon's own environment variables; an empty one counts as not set.
  package static func environment(_ environment: [String: String]) -> Self {
    let set = environment.filter { $0.key.hasPrefix("NEARDUPD_") && !$0.value.isEmpty }
    let byCommas = EnvironmentVariablesProvider(environmentVariables: set, arraySeparator: ",")
    let byColons = EnvironmentVariablesProvider(environmentVariables: set, arraySeparator: ":")
    return Self(provider: { $0.separator == ":" ? byColons : byCommas }) { key in
      // The provider turns a key into a name by rules that leave a finished name as it is.
      key.environmentNames.map { (AbsoluteConfigKey([$0]), .environment($0)) }
    }
  }

  /// The file.
  package static func file(_ document: TOMLDocument) -> Self {
    let provider = TOMLProvider(document: document)
    return Self(provider: { _ in provider }) { key in
      [(key.absolute, document.origin(of: key.components))]
    }
  }

  /// The places that systemd prepared for the service.
  package static func service(_ environment: [String: String]) -> Self {
    var values: [AbsoluteConfigKey: ConfigValue] = [:]
    for key in ConfigurationKey.all {
      guard let path = key.servicePlace?.path(in: environment) else { continue }
      let content: ConfigContent = key.type == .stringArray ? .stringArray([path]) : .string(path)
      values[key.absolute] = ConfigValue(content, isSecret: false)
    }
    let provider = InMemoryProvider(name: "systemd", values: values)
    return Self(provider: { _ in provider }) { key in
      key.servicePlace.map { [(key.absolute, .systemd($0.variable))] } ?? []
    }
  }
}

extension ConfigurationKey {
  /// The key's components in the file.
  package var components: [String] { [section, name] }

  var absolute: AbsoluteConfigKey { AbsoluteConfigKey(components) }
}
