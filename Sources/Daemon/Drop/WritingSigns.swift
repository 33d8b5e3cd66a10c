// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What is known of those who may be writing a file, when it is looked at.
package struct WritingSigns: Sendable, Equatable {
  /// Somebody may still have it open for writing: no event said that it was closed or moved in.
  package var mayBeOpen = false
  /// An event said that it was written, and none since that it was closed.
  package var awaitsClose = false
  /// Others than this host may write it (`FileSystemKind.changesUnseen`).
  package var changesUnseen = false
}

/// How a file was found, and since when it has been just so.
///
/// On the daemon's own clock: the stamps of a file are those of its server, whose clock is another.
package struct SeenFile: Sendable, Equatable {
  package var identity: FileIdentity
  /// Nanoseconds on the monotonic clock.
  package var since: UInt64
}
