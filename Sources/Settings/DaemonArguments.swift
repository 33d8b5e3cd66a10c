// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
import Logging

/// The options of `neardupd`, but for `--version` and `--help`, which the command adds.
///
/// Wrong usage is answered by ArgumentParser with EX_USAGE, 64, of sysexits.h(3head).
package struct DaemonOptions: ParsableArguments {
  @OptionGroup package var places: PlaceOptions

  @Option(
    name: .customLong("drop-directory"),
    help: ArgumentHelp(
      "Watch this directory.", discussion: "Give the option once per directory.",
      valueName: "dir"))
  package var dropDirectories: [String] = []

  @Flag(help: "Record what is in the drop directories now, in byte order of paths, and exit.")
  package var once = false

  @Flag(help: "Print each value in force with where it came from, and exit.")
  package var checkConfig = false

  @Option(
    help: ArgumentHelp(
      "Log messages from this level up: \(Self.levels).", valueName: "level"))
  package var logLevel: String?

  package init() {}

  private static var levels: String {
    Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
  }

  /// Refuses what can be seen to be wrong without looking anywhere.
  package func validate() throws {
    if dropDirectories.contains("") {
      throw ValidationError("--drop-directory needs a path, and it is empty.")
    }
    if let logLevel, Logger.Level(rawValue: logLevel) == nil {
      throw ValidationError("--log-level is one of \(Self.levels), not \"\(logLevel)\".")
    }
  }

  /// The options as the loader takes them.
  package var overrides: ConfigurationOverrides {
    var overrides = places.overrides
    if !dropDirectories.isEmpty { overrides.values["drop-directory"] = dropDirectories }
    overrides.values["log-level"] = logLevel.map { [$0] }
    return overrides
  }
}

extension DaemonOptions {
  /// One line for the command's help.
  package static let abstract =
    "Watch a drop directory and gather its near-duplicate documents into clusters."

  /// The end of the command's help.
  package static let discussion = """
    An option overrides its environment variable (NEARDUPD_DROP_DIRECTORY, \
    NEARDUPD_STATE_DIRECTORY, NEARDUPD_CLUSTER_LOG, NEARDUPD_LOG_LEVEL, NEARDUPD_CONFIG), that \
    overrides the file, and the file the defaults.

    EXAMPLES:
      Watch ./drop without being root:
        neardupd --drop-directory drop --state-directory state \\
            --cluster-log clusters.jsonl

      Record what lies in two directories, once:
        neardupd --once --drop-directory /srv/wire --drop-directory /srv/web

      See what is in force, and why:
        neardupd --check-config

      Apply a changed file, if it is right:
        neardupd --check-config && systemctl reload neardupd

    EXIT STATUS:
      0   done, or stopped cleanly
      64  wrong usage
      73  the state or the log cannot be created
      74  state or log cannot be read or written, or a drop directory not read
      75  another instance holds the state directory
      78  the configuration is wrong
    """
}
