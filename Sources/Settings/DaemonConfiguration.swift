// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the daemon does and where, as the command line, the environment and the file decided it.
///
/// The initial value of each property is the default that `etc/neardupd.toml` documents; a key
/// becomes known to every source by its row in `ConfigurationKey.all`. Paths are absolute and
/// lexically normal, times are durations, sizes are bytes.
package struct DaemonConfiguration: Sendable, Equatable {
  package var drop = Drop()
  package var extract = Extract()
  package var pipeline = Pipeline()
  package var detection = Detection()
  package var stories = Stories()
  package var retention = Retention()
  package var log = Log()
  package var state = State()
  package var metrics = Metrics()

  /// The configuration that is in force where nothing is set anywhere.
  package init() {}
}
