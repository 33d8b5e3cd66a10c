// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Inotify
internal import Logging
internal import Posix
internal import Settings
internal import Systemd

extension Intake {
  /// What is asked of inotify for every directory. MODIFY restarts the settling of a file that is
  /// being written and is all that truncate(2) gives; ATTRIB tells of permissions given back;
  /// CREATE is all that links give.
  static let mask: EventMask = [
    .modify, .attributes, .closeWrite, .movedFrom, .movedTo, .create, .delete, .deleteSelf,
    .moveSelf, .onlyDirectory,
  ]

  mutating func handle(_ event: InotifyEvent) {
    let now = Clocks.monotonic()
    if event.mask.contains(.queueOverflow) {
      state?.look()
      return overflowed(now: now)
    }
    lookAtState(after: event)
    guard let directory = watches[event.watch] else { return }
    if event.mask.contains(.ignored) {
      watches.remove(event.watch)
      if directory.path.isEmpty { verify(directory.drop) }
      return
    }
    if !event.mask.isDisjoint(with: [.deleteSelf, .moveSelf, .unmount]) {
      if directory.path.isEmpty { verify(directory.drop) }
      return
    }
    guard !event.name.isEmpty else {
      // Permissions of the drop directory itself, taken away or given back.
      if event.mask.contains(.attributes), directory.path.isEmpty { verify(directory.drop) }
      return
    }
    let path = RelativePath.joined(directory.path, event.name)
    if event.mask.contains(.isDirectory) {
      handleDirectory(event, DroppedFile(drop: directory.drop, path: path), now: now)
    } else if settings.filter.wants(event.name, isDirectory: false) {
      handleFile(event, DroppedFile(drop: directory.drop, path: path), now: now)
    }
  }

  private mutating func handleFile(_ event: InotifyEvent, _ key: DroppedFile, now: UInt64) {
    if event.mask.contains(.movedTo) {
      writing[key] = nil
      settling.note(key, .movedIn, now: now)
    } else if event.mask.contains(.closeWrite) {
      writing[key] = nil
      settling.note(key, .closed, now: now)
    } else if !event.mask.isDisjoint(with: [.create, .modify]) {
      noteWriting(key, now: now)
      settling.note(key, .written, now: now)
    } else if event.mask.contains(.attributes) {
      // Permissions given back, an owner changed, a stamp set: worth a look after the settling.
      settling.note(key, .attributesChanged, now: now)
    } else if !event.mask.isDisjoint(with: [.delete, .movedFrom]) {
      writing[key] = nil
      // An exchange (RENAME_EXCHANGE) tells of the file that came before the one that went.
      let wasExchanged =
        event.mask.contains(.movedFrom) && settling.contains(key) && isThere(key) ?? true
      if !wasExchanged { settling.remove(key) }
      if settings.forgetsDeleted { forget(key) }
    }
  }

  private mutating func handleDirectory(_ event: InotifyEvent, _ key: DroppedFile, now: UInt64) {
    guard settings.recursive else {
      // Told once: not a document, and not looked into.
      if !event.mask.isDisjoint(with: [.create, .movedTo]) {
        if settings.filter.wants(event.name, isDirectory: false) {
          settling.note(key, .closed, now: now)
        }
      }
      return
    }
    if !event.mask.isDisjoint(with: [.create, .movedTo]) {
      guard settings.filter.wants(event.name, isDirectory: true) else { return }
      scanSubtree(key, now: now)
    } else if event.mask.contains(.attributes) {
      guard !settings.alwaysPolls, settings.filter.wants(event.name, isDirectory: true) else {
        return
      }
      if !watches.contains(.init(drop: key.drop, path: key.path)) {
        // Permissions given back to a directory that could not be listed, and so is not watched.
        scanSubtree(key, now: now)
      } else if isClosed(key) {
        // Taken away: what comes meanwhile cannot be read, and is found when they are given back.
        unwatch(key)
      }
    } else if event.mask.contains(.movedFrom) {
      unwatch(key)
      settling.remove(drop: key.drop, below: key.path)
      // Exchanged for another, whose coming was told of before.
      if settings.filter.wants(event.name, isDirectory: true), isThere(key) ?? true {
        scanSubtree(key, now: now)
      }
      // What became of the documents in it, only a look at the whole can tell.
      if settings.forgetsDeleted { requestScan(key.drop, now: now) }
    }
  }

  /// Remembers that a file was written and not closed since.
  private mutating func noteWriting(_ key: DroppedFile, now: UInt64) {
    // As many as may settle: what is forgotten is judged by its quiet alone.
    if writing.count >= Self.settlingLimit { writing.removeAll() }
    writing[key] = now
  }

  /// Whether permissions keep the daemon out of a directory.
  private func isClosed(_ key: DroppedFile) -> Bool {
    let places = places
    let error = places.calls.call(key.drop) { _ -> Errno? in
      do throws(Errno) {
        _ = try places.open(key.path, in: key.drop)
        return nil
      } catch {
        return error
      }
    }
    return error??.number == EACCES
  }

  /// Whether there is something under a name; nil when that cannot be told.
  private func isThere(_ key: DroppedFile) -> Bool? {
    let places = places
    let found = places.calls.call(key.drop) { _ -> Bool? in
      guard let root = try? places.openRoot(key.drop) else { return nil }
      return !FileReader.isGone(key.path, from: root)
    }
    return found ?? nil
  }

  private mutating func unwatch(_ key: DroppedFile) {
    for watch in watches.removeTree(drop: key.drop, path: key.path) {
      watcher?.inotify.removeWatch(watch)
    }
  }

  private mutating func scanSubtree(_ key: DroppedFile, now: UInt64) {
    if roots[key.drop].isHanging { return }
    guard subtrees.count < Self.subtreeLimit else { return requestScan(key.drop, now: now) }
    subtrees.append(
      DirectoryScanner(drop: key.drop, directory: key.path, recursive: true))
  }

  mutating func forget(_ key: DroppedFile) {
    // Rare beside arrivals: when there is no room now, the scan finds the file missing.
    if !submit(FileJob(key: key, work: .forget)), held?.key != key {
      requestScan(key.drop, now: Clocks.monotonic())
    }
  }

  private mutating func overflowed(now: UInt64) {
    board.countOverflow()
    requestScanOfAll(now: now)
    // A small queue overflows hundreds of times in one burst.
    guard overflows.happened(now: now) else { return }
    logger.warning(
      "the kernel's event queue overflowed: scanning the drop directories",
      metadata: MessageIdentifier.queueOverflowed.with([
        "neardupd.sysctl": "fs.inotify.max_queued_events"
      ]))
  }

  mutating func tellOfOverflows(now: UInt64) {
    guard let count = overflows.whenOver(now: now) else { return }
    logger.notice(
      "the kernel's event queue has not overflowed for a minute",
      metadata: ["neardupd.overflows": "\(count)"])
  }
}
