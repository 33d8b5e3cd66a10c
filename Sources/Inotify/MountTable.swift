// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The mounts this process sees, and a descriptor that tells when they change.
///
/// inotify says nothing when a file system is mounted over a watched directory. Wait for
/// `.urgent` on `descriptor`; the wait itself takes the news, nothing has to be read (proc(5)).
package struct MountTable: ~Copyable, Sendable {
  static let path = Array("/proc/self/mountinfo".utf8)
  private let owned: OwnedDescriptor

  package init() throws(InotifyError) {
    do {
      owned = try SystemCalls.openForReading(Self.path)
    } catch {
      throw .general("opening", Self.path, error)
    }
  }

  /// For poll(2) with `Readiness.Events.urgent`; it is always readable, so do not wait for that.
  package var descriptor: Int32 { owned.number }

  /// The mounts now, in the kernel's order: of two on one mount point, the later covers the other.
  package func mounts() throws(InotifyError) -> [Mount] {
    do {
      try SystemCalls.rewind(owned)
      return Self.parse(try SystemCalls.readToEnd(owned))
    } catch {
      throw .general("reading", Self.path, error)
    }
  }

  /// Parses the lines of mountinfo; pure. Lines that do not follow proc(5) are left out.
  package static func parse(_ contents: [UInt8]) -> [Mount] {
    contents.split(separator: 0x0A).compactMap { Mount(line: $0) }
  }
}
