// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import CMalloc

/// Memory that was freed, and that malloc(3) keeps.
///
/// What one collection leaves is in other arenas than those that the next one is taken from, since
/// tasks go from thread to thread, and in pieces: without this, 1.7 KB stay with the process for
/// each document that expires (1,000,000 documents in 1 GB: ended by the kernel).
enum FreedMemory {
  /// As many as there are tasks that take much memory at a time: deciding and reading.
  private static let arenas: Int32 = 2

  /// To be called before there are threads: mallopt(3).
  static func limitArenas() { _ = mallopt(M_ARENA_MAX, arenas) }

  /// Gives what is free back to the kernel, malloc_trim(3). Who allocates meanwhile may wait some
  /// milliseconds.
  static func giveBack() { _ = malloc_trim(0) }
}
