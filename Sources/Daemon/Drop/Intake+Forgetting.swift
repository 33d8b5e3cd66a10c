// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Logging
internal import Posix
internal import Settings
internal import StateStore

/// Goes through what the state knows of a drop directory and finds the files that are gone.
///
/// Deletions while the daemon was down, or lost in an overflow, give no event.
struct DeletionSweep {
  /// Recorded files looked at in one step.
  static let pageSize = 256

  /// The last path looked at; nil before the first page.
  var after: [UInt8]?
  /// Documents up to this one have expired: nobody is told when their files go.
  var expired: UInt32 = 0
}

extension Intake {
  /// Begins to look for deleted files; to be called when a scan has ended without trouble.
  mutating func sweepDeletions(_ index: Int) {
    guard !roots[index].isMissing else { return }
    let expired = (try? recorded.reader.counts().expired) ?? 0
    // What the state knows of files that are gone, and of which no document is left, would grow
    // with the years.
    guard settings.forgetsDeleted || expired > roots[index].sweptThrough else { return }
    roots[index].sweptThrough = expired
    roots[index].sweep = DeletionSweep(expired: expired)
  }

  /// Looks at one page of recorded files; false when there is no sweep to go on with.
  mutating func stepSweep() -> Bool {
    guard let index = roots.firstIndex(where: { $0.sweep != nil }),
      let sweep = roots[index].sweep
    else { return false }
    roots[index].sweep = nil
    do {
      let page = try recorded.reader.files(
        drop: recorded.dropNumbers[index], under: [], after: sweep.after,
        limit: DeletionSweep.pageSize)
      if toldOfSweep { logger.notice("deleted files can be looked for again") }
      toldOfSweep = false
      let isForgotten = settings.forgetsDeleted
      forgetMissing(
        page.filter { isForgotten || ($0.document ?? 0) <= sweep.expired }, index)
      if let last = page.last, page.count == DeletionSweep.pageSize {
        roots[index].sweep = DeletionSweep(after: last.key.path, expired: sweep.expired)
      }
    } catch {
      defer { toldOfSweep = true }
      if toldOfSweep { return true }
      logger.warning(
        "cannot look for deleted files: tried again with the next scan",
        metadata: [
          "neardupd.drop": .string(roots[index].name), "neardupd.error": .string("\(error)"),
        ])
    }
    return true
  }

  private mutating func forgetMissing(_ page: [StoredFile], _ index: Int) {
    let places = places
    let missing = places.calls.call(index) { life -> [[UInt8]] in
      guard let root = try? places.openRoot(index),
        let device = try? DirectoryIdentity(of: root).device
      else { return [] }
      // Members of a container stand behind one another: it is looked for once.
      var last: (path: [UInt8], isGone: Bool)?
      return page.filter { file in
        life.give()
        // On another device: unmounted rather than deleted, and not to be forgotten for that.
        guard file.device == device || FileIdentity(file) == .unknown else { return false }
        let path = MemberPath.file(file.key.path)
        if let last, last.path == path { return last.isGone }
        let isGone = FileReader.isGone(path, from: root)
        last = (path, isGone)
        return isGone
      }.map(\.key.path)
    }
    for path in missing ?? [] { forget(DroppedFile(drop: index, path: path)) }
  }
}
