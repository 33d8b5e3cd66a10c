// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import Settings
internal import StateStore

/// A drop directory that has another path now: what is recorded of its files stays theirs.
package enum DropRelocation {
  /// Fails while a daemon has the state, and where the state knows no such directory, or the new
  /// path as one of its own.
  ///
  /// - Parameters:
  ///   - old: As the configuration named it, absolute.
  ///   - new: As the configuration names it from now on, absolute.
  /// - Returns: How many files are known of it.
  package static func run(
    _ loaded: LoadedConfiguration, from old: String, to new: String
  ) throws -> Int {
    let directory = Array(loaded.configuration.state.directory.utf8)
    // One that is not there is not made for this.
    do throws(StateStoreError) { _ = try StateReader.open(directory: directory) } catch {
      throw DaemonFailure(.inputOutput, error.description)
    }
    let lock = try DaemonStart.lock(directory)
    defer { withExtendedLifetime(lock) {} }
    let store = try DaemonStart.openStore(directory)
    do throws(StateStoreError) {
      let files = try store.relocate(from: Array(old.utf8), to: Array(new.utf8))
      try store.close()
      return files
    } catch {
      throw DaemonFailure(
        error.code == .unknownDrop ? .usage : .inputOutput, error.description)
    }
  }

  /// A path as the state keeps it: absolute and without `.`, `..` and doubled slashes.
  package static func path(_ text: String, from base: String) throws -> String {
    do throws(ValueProblem) {
      return try PathText.absolute(text, from: base)
    } catch {
      throw DaemonFailure(.usage, "\(text): \(error.reason)")
    }
  }
}
