// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Settings
internal import Synchronization

/// The file that measurements are written to, and how; a reload may name another.
final class MetricsTarget: Sendable {
  private struct State {
    var settings: DaemonConfiguration.Metrics
    var abandoned: [String] = []
    var isFailing = false
  }

  private let state: Mutex<State>

  init(_ settings: DaemonConfiguration.Metrics) { state = Mutex(State(settings: settings)) }

  func set(_ settings: DaemonConfiguration.Metrics) {
    state.withLock { state in
      let (old, path) = (state.settings.textfile, settings.textfile)
      state.settings = settings
      guard path != old else { return }
      if let old { state.abandoned.append(old) }
      state.abandoned.removeAll { $0 == path }
      state.isFailing = false
    }
  }

  /// Where and how to write, if anywhere, and the files to remove: a collector would go on reading
  /// what nobody brings up to date.
  func take() -> (settings: DaemonConfiguration.Metrics, abandoned: [String]) {
    state.withLock { state in
      let taken = (state.settings, state.abandoned)
      state.abandoned = []
      return taken
    }
  }

  /// Whether that is to be told: the first failure, and the first success after one.
  func isNews(failed: Bool) -> Bool {
    state.withLock { state in
      defer { state.isFailing = failed }
      return failed != state.isFailing
    }
  }
}
