// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GRDB

extension Database {
  /// The last document beyond the horizon.
  func expiredThrough() throws -> UInt32 {
    UInt32(clamping: try Meta.expiredThrough.fetch(self) ?? 0)
  }

  /// A state that only an older daemon has written has none.
  var hasHorizon: Bool { get throws { try tableExists("heirs") } }

  func horizon() throws -> StateHorizon {
    var horizon = StateHorizon()
    horizon.through = try expiredThrough()
    horizon.countedFrom = UInt32(clamping: try Meta.countedFrom.fetch(self) ?? 0)
    horizon.progress.clockCandidate = try Meta.clockCandidate.fetch(self) ?? 0
    horizon.progress.through = UInt32(clamping: try Meta.nextThrough.fetch(self) ?? 0)
    horizon.progress.due = UInt32(clamping: try Meta.nextDue.fetch(self) ?? 0)
    horizon.progress.because = Int(try Meta.nextBecause.fetch(self) ?? 0)
    guard try hasHorizon else { return horizon }
    let row = try binding("SELECT original, heir FROM heirs")
    defer { row.reset() }
    while try row.next() { horizon.heirs[row.number(0)] = row.number(1) }
    return horizon
  }

  func store(_ progress: StateHorizon.Progress) throws {
    try Meta.clockCandidate.store(progress.clockCandidate, self)
    try Meta.nextThrough.store(Int64(progress.through), self)
    try Meta.nextDue.store(Int64(progress.due), self)
    try Meta.nextBecause.store(Int64(progress.because), self)
  }

  /// Moves the horizon; what is beyond it counts as gone.
  func expire(_ expiry: StateExpiry, last: UInt32) throws {
    try promote(expiry.promotions)
    try store(heirs: expiry.heirs)
    let past = try binding("DELETE FROM heirs WHERE heir <= ?")
    past.bind(expiry.through, at: 1)
    try past.run()
    try Meta.expiredThrough.store(Int64(expiry.through), self)
    try Meta.countedFrom.store(Int64(expiry.countedFrom), self)
    try Meta.lastDocument.store(Int64(last), self)
  }

  /// Deletes some of what is beyond the horizon.
  ///
  /// - Returns: Whether there is more.
  func purge(limit: Int) throws -> Bool {
    let through = try expiredThrough()
    guard through > 0 else { return false }
    let first = try Int.fetchOne(self, sql: "SELECT min(id) FROM documents") ?? Int.max
    let last = min(Int(through), first.addingReportingOverflow(limit - 1).partialValue)
    if first <= Int(through) {
      for sql in [
        "DELETE FROM contents WHERE document <= ?", "DELETE FROM documents WHERE id <= ?",
        "DELETE FROM descriptions WHERE document <= ?",
      ] {
        let row = try binding(sql)
        row.bind(last, at: 1)
        try row.run()
      }
    }
    let old = try binding(
      """
      DELETE FROM revisions WHERE after_document <= ?1
      AND id IN (SELECT id FROM revisions ORDER BY id LIMIT ?2)
      """)
    old.bind(through, at: 1)
    old.bind(limit, at: 2)
    try old.run()
    let areRevisionsLeft = changesCount == limit
    return areRevisionsLeft || first <= Int(through) && last < Int(through)
  }

  /// Gives some pages back to the file system when so many are free that arrivals will not need
  /// them soon.
  ///
  /// - Returns: Whether there is more to give back.
  func giveBackPages(limit: Int) throws -> Bool {
    let free = try Int.fetchOne(self, sql: "PRAGMA freelist_count") ?? 0
    let all = try Int.fetchOne(self, sql: "PRAGMA page_count") ?? 0
    guard free > limit, free > all / 2 else { return false }
    try execute(sql: "PRAGMA incremental_vacuum(\(limit))")
    return true
  }
}
