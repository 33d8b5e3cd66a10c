// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Logging
internal import Systemd

extension Intake {
  /// Takes a drop directory up: watches it and asks for a scan, or marks it as missing.
  mutating func attach(_ index: Int, isStart: Bool) {
    let now = Clocks.monotonic()
    do throws(Errno) {
      let opened = try places.open([], in: index)
      let status = FileIdentity(try FileSystemCalls.status(of: opened))
      (roots[index].device, roots[index].inode) = (status.device, status.inode)
    } catch {
      return miss(index, error)
    }
    let wasMissing = roots[index].isMissing
    roots[index].watchFailure = nil
    roots[index].mode = .watching
    watch([], in: index)
    updateMode(index)
    requestScan(index, now: now)
    if wasMissing, !isStart {
      logger.notice(
        "the drop directory is back",
        metadata: MessageIdentifier.dropDirectoryBack.with([
          "neardupd.drop": .string(roots[index].name)
        ]))
    }
  }

  /// Makes sure that a watched drop directory is still the one under its name.
  mutating func verify(_ index: Int) {
    guard !roots[index].isMissing else { return }
    let root = WatchTable.Directory(drop: index, path: [])
    do throws(Errno) {
      let opened = try places.open([], in: index)
      let status = FileIdentity(try FileSystemCalls.status(of: opened))
      let isSame = status.device == roots[index].device && status.inode == roots[index].inode
      let needsNoWatch = settings.alwaysPolls || roots[index].watchFailure != nil
      if isSame, needsNoWatch || watches.contains(root) { return }
      detach(index)
      attach(index, isStart: true)
      if !isSame {
        logger.notice(
          "the drop directory was replaced: watching the new one",
          metadata: MessageIdentifier.dropDirectoryBack.with([
            "neardupd.drop": .string(roots[index].name)
          ]))
      }
    } catch {
      if error.isScarcity { return requestScanLater(index) }
      detach(index)
      miss(index, error)
    }
  }

  private mutating func detach(_ index: Int) {
    for watch in watches.removeTree(drop: index, path: []) { inotify.removeWatch(watch) }
    roots[index].scan = nil
    subtrees.removeAll { $0.drop == index }
    // Seen in the directory that was here; what the next one has too, its scan finds.
    settling.remove(drop: index, below: [])
  }

  private mutating func miss(_ index: Int, _ error: Errno) {
    if !roots[index].isMissing {
      logger.error(
        "the drop directory is missing: looking for it every second",
        metadata: MessageIdentifier.dropDirectoryMissing.with([
          "neardupd.drop": .string(roots[index].name), "neardupd.error": .string(error.text),
        ]))
    }
    roots[index].mode = .missing(reason: error.text)
    roots[index].nextScan = Clocks.monotonic() + Self.missingInterval
  }

  /// Watches a directory before it is scanned.
  ///
  /// By its open descriptor's name in /proc, so that neither a link in between nor a path longer
  /// than PATH_MAX can lead elsewhere.
  mutating func watch(_ directory: [UInt8], in drop: Int) {
    if settings.alwaysPolls { return }
    let place = WatchTable.Directory(drop: drop, path: directory)
    do throws(Errno) {
      let descriptor = try places.open(directory, in: drop)
      let name = Array("/proc/self/fd/\(descriptor.number)".utf8)
      do throws(InotifyError) {
        watches.insert(try inotify.addWatch(at: name, Self.mask), place)
      } catch {
        watchFailed(error, place)
      }
    } catch {
      // The listing that follows tells about it, unless there is enough of everything by then.
      if error.isScarcity { requestScanLater(drop) }
    }
  }

  private mutating func watchFailed(_ error: InotifyError, _ place: WatchTable.Directory) {
    let path = RelativePath.joined(roots[place.drop].path, place.path)
    var error = error
    error.path = path
    if error.code == .notFound { return }
    if roots[place.drop].watchFailure == nil {
      let isLimit = error.code == .watchLimitReached
      let identifier: MessageIdentifier = isLimit ? .watchLimitReached : .pollingInstead
      // Told again only after a time without: each poll tries anew.
      if case .polling = roots[place.drop].mode {
      } else {
        logger.warning(
          "cannot watch a directory: polling the drop directory until it can be watched",
          metadata: identifier.with([
            "neardupd.path": .bytes(path),
            "neardupd.error": .string(error.description),
          ]))
      }
    }
    roots[place.drop].watchFailure = error.description
  }

  /// Decides between watching and polling, and says so when it changes.
  mutating func updateMode(_ index: Int) {
    guard !roots[index].isMissing else { return }
    let kind = try? FileSystemKind.of(directory: roots[index].path)
    roots[index].changesUnseen = kind?.changesUnseen ?? false
    let reason = pollingReason(index, kind)
    let mode = reason.map { DropRoot.Mode.polling(reason: $0) } ?? .watching
    guard mode != roots[index].mode else { return }
    let wasWatching = roots[index].mode == .watching
    roots[index].mode = mode
    if let reason, wasWatching, roots[index].watchFailure == nil {
      logger.notice(
        "polling a drop directory",
        metadata: MessageIdentifier.pollingInstead.with([
          "neardupd.drop": .string(roots[index].name), "neardupd.reason": .string(reason),
        ]))
    } else if reason == nil {
      logger.notice(
        "watching a drop directory again", metadata: ["neardupd.drop": .string(roots[index].name)])
    }
  }

  private func pollingReason(_ index: Int, _ kind: FileSystemKind?) -> String? {
    if settings.alwaysPolls { return "drop.watch is \"poll\"" }
    return roots[index].watchFailure ?? kind?.blindSpot
  }

  // MARK: Mounts

  /// A mount over a watched directory gives no event at all: the mount table tells.
  mutating func mountsChanged() {
    let points = mountPointsNow()
    guard points != mountPoints else { return }
    mountPoints = points
    for index in roots.indices {
      verify(index)
      // What was mounted or unmounted below the drop directory, the scan finds and watches.
      if !roots[index].isMissing { requestScan(index, now: Clocks.monotonic()) }
    }
  }

  /// Mount points at or below a drop directory, in the kernel's order.
  func mountPointsNow() -> [[UInt8]] {
    do throws(InotifyError) {
      guard let all = try mounts?.mounts() else { return [] }
      return all.map(\.mountPoint).filter { point in
        roots.contains { $0.path == point || RelativePath.isInside(point, $0.path) }
      }
    } catch {
      return []
    }
  }
}
