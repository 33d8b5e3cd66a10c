// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// State and log that belong to a working directory: in it, or in one above it.
struct FoundResults: Sendable, Equatable {
  let stateDirectory: String
  let clusterLog: String

  /// The nearest ones; nil where there are none.
  ///
  /// Either a directory has both under the names that `scripts/run` gives them, or the working
  /// directory lies in a state directory that has its log in it or beside it.
  init?(around directory: String) {
    var directory = directory
    while true {
      let prefix = directory == "/" ? "" : directory
      for (state, log) in [
        ("/state", "/clusters.jsonl"), ("", "/clusters.jsonl"), ("", "/../clusters.jsonl"),
      ] where Self.isFile(prefix + state + "/neardupd.sqlite") && Self.isFile(prefix + log) {
        stateDirectory = state.isEmpty ? directory : prefix + state
        clusterLog =
          log.hasPrefix("/..") ? Self.parent(of: directory) + log.dropFirst(3) : prefix + log
        return
      }
      if prefix.isEmpty { return nil }
      directory = Self.parent(of: directory)
      if directory.isEmpty { directory = "/" }
    }
  }

  /// Without the last part; empty for what is right below the root.
  private static func parent(of directory: String) -> String {
    String(directory[..<(directory.lastIndex(of: "/") ?? directory.startIndex)])
  }

  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}
