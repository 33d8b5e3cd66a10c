// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

/// The tables of the state database and how they came to be, one step per version.
///
/// The version is SQLite's `user_version`, so that it can be read from the file's header before
/// anything is opened; a step that has been released is never changed.
enum Schema {
  /// `NDup`, in the header of the file: says whose database it is (file(1) shows it too).
  static let applicationID: Int32 = 0x4E44_7570

  /// The newest version this daemon knows.
  static var version: Int { steps.count }

  /// What leads from each version to the next.
  static let steps = [first, second, third]

  private static let first = """
    CREATE TABLE meta (
      key TEXT PRIMARY KEY,
      value ANY NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE drops (
      id INTEGER PRIMARY KEY,
      path BLOB NOT NULL UNIQUE
    ) STRICT;

    -- Read whole at each start, in order of id: only what that needs is in it.
    CREATE TABLE documents (
      id INTEGER PRIMARY KEY,
      drop_id INTEGER NOT NULL,
      path BLOB NOT NULL,
      bytes INTEGER NOT NULL,
      sha256 BLOB NOT NULL,
      words INTEGER NOT NULL,
      cluster INTEGER NOT NULL,
      story INTEGER,
      identical_to INTEGER,
      replaces INTEGER,
      arrived INTEGER NOT NULL,
      sketch BLOB NOT NULL
    ) STRICT;

    -- Read one at a time, when a borderline pair is decided by the full measure.
    CREATE TABLE contents (
      document INTEGER PRIMARY KEY,
      tokens BLOB NOT NULL
    ) STRICT;

    -- Asked for by path only, so the path is the table's own key.
    CREATE TABLE files (
      drop_id INTEGER NOT NULL,
      path BLOB NOT NULL,
      device INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      size INTEGER NOT NULL,
      mtime_ns INTEGER NOT NULL,
      ctime_ns INTEGER NOT NULL,
      document INTEGER,
      sha256 BLOB,
      skip_reason TEXT,
      PRIMARY KEY (drop_id, path)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE revisions (
      id INTEGER PRIMARY KEY,
      after_document INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      subject INTEGER NOT NULL,
      source INTEGER NOT NULL,
      target INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE log_batches (
      first_seq INTEGER PRIMARY KEY,
      last_seq INTEGER NOT NULL,
      lines BLOB NOT NULL
    ) STRICT;
    """

  /// Apart from `documents`, which is read whole at each start: nobody needs it to decide.
  private static let second = """
    CREATE TABLE descriptions (
      document INTEGER PRIMARY KEY,
      title TEXT,
      published TEXT,
      source TEXT,
      language TEXT,
      encoding TEXT
    ) STRICT;
    """

  private static let third = """
    -- The horizon's time when the document came, in microseconds.
    ALTER TABLE documents ADD COLUMN clock INTEGER NOT NULL DEFAULT 0;
    UPDATE documents SET clock = arrived;

    -- Copies whose original is beyond the horizon are copies of its heir.
    CREATE TABLE heirs (
      original INTEGER PRIMARY KEY,
      heir INTEGER NOT NULL
    ) STRICT;
    """

  /// Brings a database of an older version, or an empty one, to the newest, a transaction a step.
  static func migrate(_ database: Database, from version: Int) throws {
    for (index, step) in steps.enumerated().dropFirst(version) {
      try database.inTransaction(.immediate) {
        try database.execute(sql: step)
        try database.execute(sql: "PRAGMA user_version = \(index + 1)")
        return .commit
      }
    }
  }
}
