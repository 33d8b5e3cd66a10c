// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DropRoot.Mode {
  /// One word, as the status and the measurements name it.
  var name: String {
    switch self {
    case .watching: "watching"
    case .polling: "polling"
    case .missing: "missing"
    case .hanging: "hanging"
    }
  }

  /// Why inotify does not do; nil when it does.
  var reason: String? {
    switch self {
    case .watching: nil
    case .polling(let reason), .missing(let reason), .hanging(let reason): reason
    }
  }
}
