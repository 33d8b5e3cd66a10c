// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Glibc
internal import Logging
internal import NearDuplicates
internal import Posix
internal import Settings
internal import StateStore
internal import Systemd

/// The steps of a start that can fail for reasons an administrator mends, with their exit status.
enum DaemonStart {
  /// Fails where a drop directory cannot be used; with `waits`, only where waiting does not help.
  ///
  /// A disk may be mounted, a share answer and permissions be given a little later than the start:
  /// a daemon that runs looks for its directories every second, and serves the others meanwhile.
  static func requireDirectory(_ path: [UInt8], waits: Bool = false) throws(DaemonFailure) {
    do throws(Errno) {
      let directory = try FileSystemCalls.openDirectory(path)
      try DirectoryListing.probe(directory)
    } catch {
      if waits, !isOfTheName(error) { return }
      throw failure(error, dropDirectory: path)
    }
  }

  /// Whether the name is that of something else, or of nothing that could be.
  private static func isOfTheName(_ error: Errno) -> Bool {
    [ENOTDIR, ELOOP, ENAMETOOLONG].contains(error.number)
  }

  /// Only what a change can help is a fault of the configuration, after which nobody tries again: a
  /// file system may be back by the next try.
  static func failure(_ error: Errno, dropDirectory path: [UInt8]) -> DaemonFailure {
    let (status, remedy): (ExitStatus, String) =
      switch error.number {
      case ENOENT:
        (.configuration, "create it, or name another with --drop-directory or drop.directories")
      case ENOTDIR, ELOOP, ENAMETOOLONG:
        (.configuration, "name a directory with --drop-directory or drop.directories")
      case EACCES:
        (
          .configuration,
          HiddenHome.present.remedy(for: path)
            ?? "give the user of the service read and search permission"
        )
      default: (.inputOutput, "see whether its file system is mounted and answers")
      }
    let name = ReadablePath.text(path)
    return DaemonFailure(
      status, .dropDirectoryMissing, "drop directory \(name): \(error.text); \(remedy)")
  }

  /// A drop directory that does not answer.
  static func silent(_ path: [UInt8]) -> DaemonFailure {
    failure(.hanging, dropDirectory: path)
  }

  /// Fails where directories lie in one another by links or mounts, which their names do not show:
  /// documents would be recorded twice, or the daemon fed with what it writes itself.
  static func requireSeparate(_ configuration: DaemonConfiguration) throws(DaemonFailure) {
    let drops = configuration.drop.directories.map { ($0, chain(Array($0.utf8))) }
    for (index, (name, chain)) in drops.enumerated() {
      for (other, otherChain) in drops[..<index] {
        guard let own = chain.first, let its = otherChain.first else { continue }
        if own == its { throw overlap(name, "is the same directory as \(other)") }
        if chain.contains(its) { throw overlap(name, "lies in \(other)") }
        if otherChain.contains(own) { throw overlap(other, "lies in \(name)") }
      }
    }
    let places = [
      configuration.drop.moveTarget.map { ("drop.move-to", $0) },
      ("state.directory", Array(configuration.state.directory.utf8)),
      ("log.path", RelativePath.parent(Array(configuration.log.path.utf8))),
      configuration.metrics.textfile.map {
        ("metrics.textfile", RelativePath.parent(Array($0.utf8)))
      },
    ]
    for (key, path) in places.compactMap({ $0 }) {
      let above = chain(path)
      for (name, chain) in drops {
        guard let own = chain.first, above.contains(own) else { continue }
        throw overlap(
          "\(key): \(ReadablePath.text(path))", "leads into the drop directory \(name)")
      }
    }
  }

  private static func overlap(_ name: String, _ reason: String) -> DaemonFailure {
    DaemonFailure(
      .configuration,
      "\(name) \(reason), by a link or a mount: name directories that lie apart")
  }

  /// What is not there yet lies nowhere; it is looked at again when it is.
  private static func chain(_ path: [UInt8]) -> [DirectoryIdentity] {
    guard let directory = try? FileSystemCalls.openDirectory(path) else { return [] }
    return (try? DirectoryIdentity.chain(from: directory)) ?? []
  }

  /// Why files cannot be moved as things are; nil when they can be, or when that does not show.
  static func moveTrouble(_ configuration: DaemonConfiguration) -> String? {
    guard let target = configuration.drop.moveTarget else { return nil }
    do throws(Errno) {
      let device = try DirectoryIdentity(of: try FileSystemCalls.openDirectory(target)).device
      let isElsewhere = configuration.drop.directories.contains { name in
        guard let found = DirectoryIdentity(at: Array(name.utf8)) else { return false }
        return found.device != device
      }
      return isElsewhere ? "it is on another file system than a drop directory" : nil
    } catch {
      return error.text
    }
  }

  static func lock(_ directory: [UInt8]) throws(DaemonFailure) -> StateDirectoryLock {
    do throws(StateStoreError) {
      return try StateDirectoryLock(directory: directory)
    } catch {
      throw failure(error)
    }
  }

  static func openStore(_ directory: [UInt8]) throws(DaemonFailure) -> StateStore {
    do throws(StateStoreError) {
      return try StateStore.open(
        directory: directory, schemeVersion: FingerprintScheme.version)
    } catch {
      throw failure(error)
    }
  }

  static func openLog(_ path: [UInt8]) throws(DaemonFailure) -> ClusterLogFile {
    do throws(ClusterLogError) {
      var log = try ClusterLogFile(path: path)
      try log.lock()
      return log
    } catch {
      throw failure(error)
    }
  }

  /// Makes the log whole after a crash.
  static func recover(
    _ log: inout ClusterLogFile, _ store: StateStore, _ logger: Logger
  ) throws {
    let pending = try store.pendingLogBatches()
    let report: RecoveryReport
    do throws(ClusterLogError) {
      report = try log.recover(
        pending: pending.map(\.lines), nextSequence: store.nextSequence)
    } catch {
      throw failure(error)
    }
    // What a rotated file holds must not be looked for in the present one again.
    if report.rotatedFile != nil, let last = report.lastSequence {
      try store.markDurable(through: last)
    }
    if let missing = report.missing {
      logger.warning(
        "the cluster log lacks records that were synced: it was cut or replaced by an older copy",
        metadata: [
          "neardupd.path": .bytes(log.path),
          "neardupd.missing": "\(missing.lowerBound)-\(missing.upperBound)",
        ])
    }
    guard report.cutBytes > 0 || report.appendedLines > 0 else { return }
    logger.notice(
      "the cluster log was mended",
      metadata: MessageIdentifier.recovered.with([
        "neardupd.path": .bytes(log.path),
        "neardupd.cut-bytes": "\(report.cutBytes)",
        "neardupd.appended-lines": "\(report.appendedLines)",
      ]))
  }

  private static func failure(_ error: StateStoreError) -> DaemonFailure {
    let status: ExitStatus =
      switch error.code {
      case .heldByAnotherInstance: .alreadyRunning
      case .denied, .cannotOpen, .readOnly, .full: .cannotCreate
      default: .inputOutput
      }
    return DaemonFailure(status, state: error)
  }

  private static func failure(_ error: ClusterLogError) -> DaemonFailure {
    let status: ExitStatus =
      switch error.code {
      case .heldByAnotherInstance: .alreadyRunning
      case .missingDirectory, .denied, .notRegular: .cannotCreate
      default: .inputOutput
      }
    return DaemonFailure(status, error.description)
  }
}
