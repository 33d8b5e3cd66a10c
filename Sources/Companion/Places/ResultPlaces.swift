// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Settings

/// Where the daemon's results are, found the way the daemon finds its places.
package struct ResultPlaces: Sendable {
  /// Absolute paths, raw bytes.
  package let stateDirectory: [UInt8]
  package let clusterLog: [UInt8]
  /// The drop directories that are configured; the results may know others.
  package let dropDirectories: [[UInt8]]
  /// The probability from which a document joins a cluster.
  package let threshold: Double
  /// One shingle in so many is in a document's sketch.
  let sampleOneIn: Int
  /// What is worth a word but stops nothing.
  package let warnings: [String]

  package init(_ options: CompanionOptions) {
    let (loaded, warnings) = options.load()
    let configuration = loaded.configuration
    stateDirectory = Array(configuration.state.directory.utf8)
    clusterLog = Array(configuration.log.path.utf8)
    dropDirectories = configuration.drop.directories.map { Array($0.utf8) }
    threshold = configuration.detection.threshold
    sampleOneIn = configuration.detection.sampleOneIn
    self.warnings = warnings
  }

  init(stateDirectory: String, clusterLog: String, dropDirectories: [String] = []) {
    self.stateDirectory = Array(stateDirectory.utf8)
    self.clusterLog = Array(clusterLog.utf8)
    self.dropDirectories = dropDirectories.map { Array($0.utf8) }
    threshold = DaemonConfiguration().detection.threshold
    sampleOneIn = DaemonConfiguration().detection.sampleOneIn
    warnings = []
  }
}
