// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Where a value in force came from.
package enum ConfigurationOrigin: Sendable, Equatable {
  /// A command-line option, with its dashes.
  case option(String)
  /// An environment variable of the daemon's own.
  case environment(String)
  /// The file, as it was named, and the line from 1; no line where the whole file is meant.
  case file(String, line: Int?)
  /// A variable in which systemd names a directory of the service.
  case systemd(String)
  case `default`
}

extension ConfigurationOrigin: CustomStringConvertible {
  /// The origin as `--check-config` shows it: "option --log-level", "neardupd.toml:12", "default".
  package var description: String {
    switch self {
    case .option(let name): "option \(name)"
    case .environment(let name): "environment \(name)"
    case .file(let path, let line): line.map { "\(path):\($0)" } ?? path
    case .systemd(let name): "systemd \(name)"
    case .default: "default"
    }
  }
}
