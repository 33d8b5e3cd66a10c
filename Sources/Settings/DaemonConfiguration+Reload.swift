// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DaemonConfiguration {
  /// What changed since an older configuration, parted by when it can take effect.
  package func changes(from old: DaemonConfiguration) -> ConfigurationChanges {
    var changes = ConfigurationChanges()
    for key in ConfigurationKey.all where !key.isSame(old, self) {
      switch key.takesEffect {
      case .onReload: changes.applied.append(key.path)
      case .onRestart: changes.needsRestart.append(key.path)
      }
    }
    return changes
  }

  /// The configuration that holds after a reload: this one, with what may change taken from `new`.
  ///
  /// Throws when the mixture contradicts itself though both configurations were sound, as when
  /// new metrics would be written into a drop directory that only a restart gives up.
  package func reloaded(
    with new: DaemonConfiguration
  ) throws(ConfigurationError) -> DaemonConfiguration {
    var mixed = self
    for key in ConfigurationKey.all where key.takesEffect == .onReload {
      key.copy(new, &mixed)
    }
    if let conflict = mixed.conflicts().first {
      throw ConfigurationError(
        .default, key: conflict.key, conflict.reason,
        remedy: "restart the daemon to apply all changes together")
    }
    return mixed
  }
}
