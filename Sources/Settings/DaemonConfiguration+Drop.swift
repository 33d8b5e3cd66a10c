// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DaemonConfiguration {
  /// What is watched, which names count, and when a file is taken to be finished.
  package struct Drop: Sendable, Equatable {
    /// The drop directories; none equals or contains another.
    package var directories = ["/var/spool/neardupd/drop"]
    /// Whether files in sub-directories count, to any depth.
    package var recursive = true
    /// How long a written file must stay untouched; a file that was moved in is ready at once.
    package var settle = Duration.milliseconds(200)
    /// The file names that are documents; see ``NameFilter``.
    package var include: [GlobPattern] = ["*"]
    /// The names, of files and of directories on the way to them, that are passed over; capital
    /// and small letters of ASCII count as the same here.
    package var exclude: [GlobPattern] = [
      ".*", "*~", "*.tmp", "*.part", "*.partial", "*.filepart", "*.crdownload", "*.opdownload",
      "*.download", "*.aria2", "~$*", "#*#", ".~lock*",
    ]
    /// The largest file that is read, in bytes; a larger one is skipped as "too-large".
    package var maxSize = 16 << 20
    /// How often the directories are compared with the state; zero means never.
    package var rescanInterval = Duration.seconds(300)
    /// What a document's disappearance means.
    package var onDelete = OnDelete.keep
    /// What becomes of a file whose record is durable.
    package var after = After.leave
    /// Where recorded files go when `after` is `moveTo`.
    package var moveTo: String?
    /// Whether symbolic links to files are read; otherwise they are skipped.
    package var followLinks = false
    /// How changes are noticed.
    package var watch = Watch.auto
    /// How often a polled directory is read.
    package var pollInterval = Duration.seconds(2)
  }
}

extension DaemonConfiguration.Drop {
  /// What a document's disappearance means: nothing, or that it is taken out of its cluster.
  package enum OnDelete: String, Sendable, CaseIterable {
    case keep
    case forget
  }

  /// What becomes of a file whose record is durable.
  package enum After: String, Sendable, CaseIterable {
    case leave
    case moveTo = "move-to"
  }

  /// How changes are noticed: inotify where it can see, or polling everywhere.
  package enum Watch: String, Sendable, CaseIterable {
    case auto
    case poll
  }
}
