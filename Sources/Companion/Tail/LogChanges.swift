// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Inotify

/// Waits until the directory of a log changes, or a while where that cannot be seen.
package struct LogChanges: ~Copyable {
  /// How long to wait at most: where inotify sees nothing (NFS), this is how late a line comes.
  private static let patience = Duration.seconds(1)

  private let inotify: InotifyDescriptor?
  private let end: Int32
  private var readiness: Readiness
  private var buffer = EventBuffer()

  /// - Parameters:
  ///   - log: the log's name, raw bytes.
  ///   - end: what ends the waiting when nobody reads it any more, or when it is readable.
  package init(of log: [UInt8], until end: Int32, isReadable: Bool = false) {
    var readiness = Readiness()
    readiness.watch(end, for: isReadable ? .readable : [])
    self.end = end
    inotify = Self.watch(log, &readiness)
    self.readiness = readiness
  }

  /// Nil where the kernel gives no watch: then only time wakes.
  private static func watch(
    _ log: [UInt8], _ readiness: inout Readiness
  ) -> InotifyDescriptor? {
    let directory = log.lastIndex(of: UInt8(ascii: "/")).map { Array(log[..<max(1, $0)]) }
    guard let inotify = try? InotifyDescriptor(),
      (try? inotify.addWatch(at: directory ?? Array(".".utf8), mask)) != nil
    else { return nil }
    readiness.watch(inotify.descriptor, for: .readable)
    return inotify
  }

  private static var mask: EventMask { [.modify, .create, .movedTo, .movedFrom, .delete] }

  /// Returns when something may have changed; false at the end.
  package mutating func wait() throws -> Bool {
    try readiness.wait(timeout: Self.patience)
    let ending = readiness.events(of: end)
    if !ending.isDisjoint(with: [.error, .hangUp, .readable]) { return false }
    while try inotify?.readEvents(into: &buffer, { _ in }) == true {}
    return true
  }
}
