// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// The file that measurements are written to; a reload may name another.
final class MetricsTarget: Sendable {
  private struct State {
    var path: String?
    var abandoned: [String] = []
    var isFailing = false
  }

  private let state: Mutex<State>

  init(_ path: String?) { state = Mutex(State(path: path)) }

  func set(_ path: String?) {
    state.withLock { state in
      guard path != state.path else { return }
      if let old = state.path { state.abandoned.append(old) }
      state.abandoned.removeAll { $0 == path }
      state.path = path
      state.isFailing = false
    }
  }

  /// Where to write, if anywhere, and the files to remove: a collector would go on reading what
  /// nobody brings up to date.
  func take() -> (path: String?, abandoned: [String]) {
    state.withLock { state in
      let taken = (state.path, state.abandoned)
      state.abandoned = []
      return taken
    }
  }

  /// Whether a failure is to be told: the first one, and the first after a success.
  func isNews(failed: Bool) -> Bool {
    state.withLock { state in
      defer { state.isFailing = failed }
      return failed && !state.isFailing
    }
  }
}
