// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Settings
internal import Synchronization

/// The configuration as it is in force now, for those who tell about it.
final class ConfigurationInForce: Sendable {
  private let loaded: Mutex<LoadedConfiguration>

  init(_ loaded: LoadedConfiguration) { self.loaded = Mutex(loaded) }

  var now: LoadedConfiguration { loaded.withLock { $0 } }

  /// Takes over what a reload put in force.
  ///
  /// - Parameters:
  ///   - configuration: what holds now; keys that need a restart are as they were.
  ///   - new: what was read, with the origins of all its values.
  func take(_ configuration: DaemonConfiguration, from new: LoadedConfiguration) {
    loaded.withLock { loaded in
      for key in ConfigurationKey.all where key.isSame(configuration, new.configuration) {
        loaded.origins[key.path] = new.origins[key.path]
      }
      loaded.configuration = configuration
      loaded.file = new.file
    }
  }
}
