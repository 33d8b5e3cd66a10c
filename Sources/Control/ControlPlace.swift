// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Settings

/// Where the daemon's socket is; the same for the daemon and for who asks it.
package enum ControlPlace {
  package static let name = "status.sock"

  /// The socket itself: in the runtime directory that systemd made, else in the state directory.
  package static func socket(_ loaded: LoadedConfiguration) -> String {
    "\(loaded.runtimeDirectory ?? loaded.configuration.state.directory)/\(name)"
  }

  /// The link to it in the state directory, so that it is found outside of the service, where
  /// RUNTIME_DIRECTORY is not set; nil when the socket itself is there.
  package static func link(_ loaded: LoadedConfiguration) -> String? {
    let link = inStateDirectory(loaded)
    return link == socket(loaded) ? nil : link
  }

  /// Where to connect.
  package static func inStateDirectory(_ loaded: LoadedConfiguration) -> String {
    "\(loaded.configuration.state.directory)/\(name)"
  }
}
