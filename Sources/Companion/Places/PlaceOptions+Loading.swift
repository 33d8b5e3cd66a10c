// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Daemon

extension PlaceOptions {
  /// What is configured, found as the daemon finds it, and what is to be said about that.
  ///
  /// A configuration with an error is worth a word and stops nothing: what is there already, or
  /// still runs with the old one, is not hidden by it.
  func load() -> (loaded: LoadedConfiguration, warnings: [String]) {
    let (loaded, error) = ConfigurationSource(overrides).loadPlaces()
    return (loaded, error.map { ["warning: \($0)"] } ?? [])
  }
}
