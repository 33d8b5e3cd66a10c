// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration

/// One key of the configuration: a row of the table that drives everything about it.
///
/// Loading, the check for unknown keys, the names of environment variables, `--check-config`,
/// reloading and the test of `etc/neardupd.toml` all read `ConfigurationKey.all`.
package struct ConfigurationKey: Sendable {
  /// When a change of the key takes effect.
  package enum TakesEffect: Sendable {
    case onReload
    case onRestart
  }

  /// The table of the file that the key stands in: "drop".
  package let section: String
  /// The key within its section: "max-size".
  package let name: String
  package let takesEffect: TakesEffect
  /// What the key decides, in one sentence.
  package let summary: String
  /// What a value looks like, for messages.
  package let expectation: String
  /// The option that also sets the key, without its dashes: "drop-directory".
  package let option: String?

  /// Where systemd says the value's default place is.
  let servicePlace: ServicePlace?
  let type: ConfigType
  package let separator: Character
  let assign:
    @Sendable (ConfigContent, _ base: String, inout DaemonConfiguration)
      throws(ValueProblem) -> Void
  package let render: @Sendable (DaemonConfiguration) -> String
  package let isSame: @Sendable (DaemonConfiguration, DaemonConfiguration) -> Bool
  package let copy: @Sendable (DaemonConfiguration, inout DaemonConfiguration) -> Void

  /// A row: where it is written, the property it sets, its syntax and limits, what it is for.
  init<Value>(
    _ section: String, _ name: String,
    _ property: any WritableKeyPath<DaemonConfiguration, Value> & Sendable,
    _ syntax: ValueSyntax<Value>, _ takesEffect: TakesEffect, option: String? = nil,
    place: ServicePlace? = nil, _ summary: String
  ) {
    self.section = section
    self.name = name
    self.takesEffect = takesEffect
    self.summary = summary
    self.option = option
    expectation = syntax.expectation
    servicePlace = place
    type = syntax.type
    separator = syntax.separator
    assign = { content, base, configuration throws(ValueProblem) in
      configuration[keyPath: property] = try syntax.parse(content, base)
    }
    render = { syntax.render($0[keyPath: property]) }
    isSame = { $0[keyPath: property] == $1[keyPath: property] }
    copy = { $1[keyPath: property] = $0[keyPath: property] }
  }
}

extension ConfigurationKey {
  /// The key as messages name it: "drop.max-size".
  package var path: String { "\(section).\(name)" }

  /// The default as it is written in the file: `"16MiB"`.
  package var defaultText: String { render(DaemonConfiguration()) }

  /// The environment variables that set the key, in capitals with `-` as `_`.
  ///
  /// A key with an option answers to NEARDUPD_ and the option's name as well, so that whoever
  /// knows the option can guess the variable.
  package var environmentNames: [String] {
    var names = [Self.environmentName(path)]
    if let option {
      let alias = Self.environmentName(option)
      if alias != names[0] { names.append(alias) }
    }
    return names
  }

  private static func environmentName(_ text: String) -> String {
    let letters = text.uppercased().map { $0 == "." || $0 == "-" ? "_" : $0 }
    return "NEARDUPD_" + String(letters)
  }
}
