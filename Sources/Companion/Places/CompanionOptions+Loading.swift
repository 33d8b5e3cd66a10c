// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Settings

extension CompanionOptions {
  /// What names places in the environment, for the daemon too.
  private static let variables = [
    "NEARDUPD_CONFIG", "NEARDUPD_STATE_DIRECTORY", "NEARDUPD_CLUSTER_LOG", "NEARDUPD_LOG_PATH",
    "STATE_DIRECTORY", "LOGS_DIRECTORY", "CONFIGURATION_DIRECTORY",
  ]

  /// What is configured, found as the daemon finds it, and what is to be said about that.
  ///
  /// Where nothing names the places, results in the working directory or around it are taken before
  /// those of the system's daemon, and that is said. A configuration with an error is worth a word
  /// and stops nothing: what is there already, or still runs with the old one, is not hidden by it.
  ///
  /// - Parameter seeks: whether state and log are wanted at all.
  func load(seeks: Bool = true) -> (loaded: LoadedConfiguration, warnings: [String]) {
    var overrides = given.overrides
    var additions: [String: String] = [:]
    var notes: [String] = []
    if let instance = instance.flatMap({ ServiceInstance($0) }) {
      overrides.file = instance.configuration
      additions = instance.environment
    } else if seeks, !isTold {
      let directory = String(decoding: WorkingDirectory.current(), as: UTF8.self)
      if let found = FoundResults(around: directory) {
        overrides.values["state-directory"] = [found.stateDirectory]
        overrides.values["cluster-log"] = [found.clusterLog]
        notes = [
          "using \(TerminalText.safe(found.stateDirectory)) and "
            + TerminalText.safe(found.clusterLog)
        ]
      } else if let instance = ServiceInstance(around: directory) {
        overrides.file = instance.configuration
        additions = instance.environment
        notes = ["using the instance \(instance.name)"]
      }
    }
    let (loaded, error) = ConfigurationSource(overrides, adding: additions).loadPlaces()
    return (loaded, notes + (error.map { ["warning: \($0)"] } ?? []))
  }

  private var isTold: Bool {
    given.config != nil || given.stateDirectory != nil || given.clusterLog != nil
      || Self.variables.contains { StandardOutput.environment($0) != nil }
  }
}
