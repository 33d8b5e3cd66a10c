// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Posix

/// Whether a writer may not be done with a file yet.
///
/// Where leases tell whether it is open, they decide. Where they do not (other hosts write, or the
/// file is somebody else's), it must stay the same between two looks that are far enough apart on
/// the daemon's own clock.
enum FileQuiet: Equatable {
  case settled
  /// To be looked at again; `wait`, in nanoseconds, says when that is worth it, where it is known.
  case unsettled(SeenFile?, wait: UInt64?)

  /// How long a file must be the same that was written before the daemon's eyes and not closed,
  /// in nanoseconds: uploads stall for seconds. It is closed for certain when an event says so.
  static let openPatience: UInt64 = 30_000_000_000

  /// - Parameter links: st_nlink; a file that got its name by link(2) is closed under another.
  static func judge(
    _ descriptor: borrowing FileDescriptor, _ identity: FileIdentity, links: UInt64,
    _ job: FileJob, _ limits: FileReader.Limits, now: UInt64 = Clocks.monotonic()
  ) -> FileQuiet {
    let signs = job.signs
    if signs.mayBeOpen {
      let isOpen = signs.changesUnseen ? nil : FileSystemCalls.isOpenForWriting(descriptor)
      if isOpen == true { return .unsettled(nil, wait: nil) }
      if isOpen == nil {
        let need = needed(signs, links: links, limits)
        let seen =
          job.seen.flatMap { $0.identity == identity ? $0 : nil }
          ?? SeenFile(identity: identity, since: now)
        let elapsed = now - min(now, seen.since)
        if elapsed < need { return .unsettled(seen, wait: need - elapsed) }
      }
    }
    return isFresh(identity, job, limits) ? .unsettled(nil, wait: nil) : .settled
  }

  /// The stamps may be as old as they are kept (FUSE, NFS), which is what `settle` adds for.
  private static func needed(
    _ signs: WritingSigns, links: UInt64, _ limits: FileReader.Limits
  ) -> UInt64 {
    let quiet = UInt64(clamping: limits.quietTime)
    if signs.changesUnseen { return quiet + min(UInt64(clamping: limits.settle), .max - quiet) }
    return signs.awaitsClose && links < 2 ? max(quiet, openPatience) : quiet
  }

  /// Whether it was written lately by the stamps, which are of this host's clock: its writer may be
  /// between two openings when a scan found it, and events can be lost.
  private static func isFresh(
    _ identity: FileIdentity, _ job: FileJob, _ limits: FileReader.Limits
  ) -> Bool {
    if job.signs.changesUnseen { return false }
    let now = Clocks.wall()
    let wasWritten = isRecent(identity.modified, now, limits.settle)
    // A change of permissions restarts no settling, so only a scan looks at the change time: it
    // is all that tells of a recent writer who set the modification time back.
    if job.mayBeRecorded { return wasWritten || isRecent(identity.changed, now, limits.settle) }
    return job.mustBeQuiet && wasWritten
  }

  /// A stamp from the future says nothing: better read the file than wait for years.
  private static func isRecent(_ stamp: Int64, _ now: Int64, _ time: Int64) -> Bool {
    let (age, overflow) = now.subtractingReportingOverflow(stamp)
    return !overflow && age >= 0 && age < time
  }
}
