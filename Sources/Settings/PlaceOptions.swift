// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// The options that tell where things are, the same for `neardupd` and `neardup`.
package struct PlaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read this configuration file.",
      discussion: "Otherwise /etc/neardupd/neardupd.toml is read, when it exists.",
      valueName: "file"))
  package var config: String?

  @Option(help: ArgumentHelp("The state is in this directory.", valueName: "dir"))
  package var stateDirectory: String?

  @Option(help: ArgumentHelp("The decisions are in this file.", valueName: "file"))
  package var clusterLog: String?

  package init() {}

  /// Refuses empty paths: they come from shell variables that are not set.
  package func validate() throws {
    let given = [
      ("config", config), ("state-directory", stateDirectory), ("cluster-log", clusterLog),
    ]
    for (name, value) in given where value?.isEmpty == true {
      throw ValidationError("--\(name) needs a path, and it is empty.")
    }
  }

  /// The options as the loader takes them.
  package var overrides: ConfigurationOverrides {
    var overrides = ConfigurationOverrides()
    overrides.file = config
    overrides.values["state-directory"] = stateDirectory.map { [$0] }
    overrides.values["cluster-log"] = clusterLog.map { [$0] }
    return overrides
  }
}
