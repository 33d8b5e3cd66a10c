// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Inotify
internal import Logging
internal import NearDuplicates
internal import ServiceLifecycle
internal import StateStore
internal import Systemd

/// Puts the parts together in the order in which they depend on each other, and runs them.
///
/// What can fail for a reason an administrator must mend fails here, before READY=1.
struct DaemonAssembly {
  private let loaded: LoadedConfiguration
  private let source: ConfigurationSource
  private let isOnce: Bool
  private let notifier: ServiceNotifier
  private let logger: Logger
  private let board = StatusBoard()
  private let progress = CommitProgress()

  init(
    _ loaded: LoadedConfiguration, source: ConfigurationSource, isOnce: Bool,
    notifier: ServiceNotifier, logger: Logger
  ) throws {
    self.loaded = loaded
    self.source = source
    self.isOnce = isOnce
    self.notifier = notifier
    self.logger = logger
  }

  private var configuration: DaemonConfiguration { loaded.configuration }

  func run() async throws {
    let directories = configuration.drop.directories.map { Array($0.utf8) }
    for directory in directories { try Self.requireDirectory(directory) }
    let stateDirectory = Array(configuration.state.directory.utf8)
    let lock = try Self.lock(stateDirectory)
    let store = try Self.openStore(stateDirectory)
    var log = try Self.openLog(Array(configuration.log.path.utf8))
    try recover(&log, store)
    let places = DropPlaces(
      directories: directories, minimumWords: configuration.detection.minimumWords,
      limits: FileReader.Limits(configuration, isOnce: isOnce))
    let files = RecordedFiles(
      reader: try store.makeReader(),
      dropNumbers: try directories.map { try store.dropNumber(of: $0) })
    let register = DocumentRegister(
      restored: try restore(from: store), nextSequence: store.nextSequence, files: files,
      dropNames: directories.count > 1 ? directories : nil)
    try await runServices(places, files, register, store, log)
    withExtendedLifetime(lock) {}
  }
}
