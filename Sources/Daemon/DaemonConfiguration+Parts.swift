// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Posix
internal import Settings

extension DaemonConfiguration {
  /// Workers to start: as configured, or one per processor that this process may run on.
  var workerCount: Int {
    if pipeline.workers > 0 { return pipeline.workers }
    return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }
}

extension DaemonConfiguration {
  /// Where the daemon writes itself, raw bytes.
  var ownDirectories: [[UInt8]] {
    let files = [log.path] + [metrics.textfile].compactMap { $0 }
    return [Array(state.directory.utf8)] + [drop.moveTarget].compactMap { $0 }
      + files.map { RelativePath.parent(Array($0.utf8)) }
  }
}

extension DaemonConfiguration.Drop {
  /// Where recorded files go; nil when they stay.
  var moveTarget: [UInt8]? {
    after == .moveTo ? moveTo.map { Array($0.utf8) } : nil
  }
}

extension FileReader.Limits {
  init(_ configuration: DaemonConfiguration, isOnce: Bool) {
    let drop = configuration.drop
    let settle = drop.settle.wholeNanoseconds
    self.init(
      maximumSize: drop.maxSize, followLinks: drop.followLinks, waitsForWriters: !isOnce,
      settle: Int64(settle),
      // Longer than the settling: where leases do not tell, silence is all there is to go by.
      quietTime: Int64(max(5 * settle, 1_000_000_000)))
  }
}

extension IntakeSettings {
  init(_ configuration: DaemonConfiguration) {
    let drop = configuration.drop
    self.init(
      recursive: drop.recursive, settle: drop.settle.wholeNanoseconds,
      filter: NameFilter(include: drop.include, exclude: drop.exclude),
      rescanInterval: drop.rescanInterval.wholeNanoseconds,
      pollInterval: drop.pollInterval.wholeNanoseconds, alwaysPolls: drop.watch == .poll,
      forgetsDeleted: drop.onDelete == .forget)
  }
}

extension CommitSettings {
  init(_ configuration: DaemonConfiguration) {
    let isPerCommit = configuration.log.sync == .commit
    self.init(
      batch: configuration.pipeline.batch,
      syncInterval: isPerCommit ? 0 : configuration.log.syncInterval.wholeNanoseconds)
  }
}

extension RetentionLimits {
  /// So much of what the control group grants is for documents: the rest is for the work on those
  /// that arrive, and for what the allocator keeps.
  private static let grantedShare = (numerator: 3, denominator: 4)

  /// - Parameter granted: what the daemon's control group lets it take; nil for any.
  init(_ retention: DaemonConfiguration.Retention, granted: Int?) {
    window = retention.window.map { Int64(clamping: $0.wholeNanoseconds / 1_000) }
    documents = retention.documents == 0 ? nil : retention.documents
    memory =
      retention.memory > 0
      ? retention.memory
      : granted.map { $0 / Self.grantedShare.denominator * Self.grantedShare.numerator }
  }
}
