// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Glibc
internal import Logging
internal import NearDuplicates
internal import StateStore
internal import Systemd

/// The steps of a start that can fail for reasons an administrator mends, with their exit status.
enum DaemonStart {
  static func requireDirectory(_ path: [UInt8]) throws(DaemonFailure) {
    do throws(Errno) {
      let directory = try FileSystemCalls.openDirectory(path)
      try DirectoryListing.probe(directory)
    } catch {
      throw failure(error, dropDirectory: path)
    }
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
      case EACCES: (.configuration, "give the user of the service read and search permission")
      default: (.inputOutput, "see whether its file system is mounted and answers")
      }
    let name = RelativePath.forDisplay(path)
    return DaemonFailure(
      status, .dropDirectoryMissing, "drop directory \(name): \(error.text); \(remedy)")
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
      return try ClusterLogFile(path: path)
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
      case .missingDirectory, .denied, .notRegular: .cannotCreate
      default: .inputOutput
      }
    return DaemonFailure(status, error.description)
  }
}
