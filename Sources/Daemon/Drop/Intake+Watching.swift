// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Logging
internal import Posix
internal import Systemd

extension Intake {
  /// How often it is tried to get what watching needs, in nanoseconds.
  private static let watcherInterval: UInt64 = 30_000_000_000

  /// Gets what watching needs, unless everything is to be polled; without it everything is.
  mutating func makeWatcher(now: UInt64) {
    guard watcher == nil, !settings.alwaysPolls, now >= nextWatcher else { return }
    nextWatcher = now + Self.watcherInterval
    let old = watcherProblem
    if DirectoryWatcher.isPossible {
      do throws(InotifyError) {
        watcher = DirectoryWatcher(try InotifyDescriptor())
        watcherProblem = nil
        // Without it names are looked at every few seconds, which is as good and costs more.
        way = try? WayWatch()
        watchState()
      } catch {
        watcherProblem = error.description
      }
    } else {
      watcherProblem = "/proc is not there: no directory can be watched without it; mount it"
    }
    guard let problem = watcherProblem, old == nil else { return }
    logger.warning(
      "no directory can be watched: polling the drop directories until they can be",
      metadata: MessageIdentifier.pollingInstead.with(["neardupd.error": .string(problem)]))
  }

  /// Watches a drop directory itself before anything else happens to it.
  mutating func watchRoot(_ index: Int) {
    guard let watcher, !settings.alwaysPolls else { return }
    let places = places
    let watched = places.calls.call(index) { _ -> Result<WatchDescriptor, InotifyError>? in
      guard let directory = try? places.open([], in: index) else { return nil }
      do throws(InotifyError) {
        return .success(try watcher.watch(directory))
      } catch {
        return .failure(error)
      }
    }
    if let result = watched ?? nil { note(result, .init(drop: index, path: [])) }
  }

  /// Notes what became of a watch.
  mutating func note(
    _ result: Result<WatchDescriptor, InotifyError>, _ place: WatchTable.Directory
  ) {
    switch result {
    case .success(let watch): watches.insert(watch, place)
    case .failure(let error): watchFailed(error, place)
    }
  }

  private mutating func watchFailed(_ error: InotifyError, _ place: WatchTable.Directory) {
    let path = RelativePath.joined(roots[place.drop].path, place.path)
    var error = error
    error.path = path
    if error.code == .notFound, DirectoryWatcher.isPossible { return }
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

  // MARK: Reload

  /// Puts new settings in force, so that the intake is as if it had begun with them.
  mutating func apply(_ new: IntakeSettings, now: UInt64) {
    let old = settings
    settings = new
    settling.change(settle: new.settle, now: now)
    if old.filter != new.filter { dropExcluded() }
    // What was excluded may be wanted now.
    requestScanOfAll(now: now)
  }

  /// Lets go of what does not take part any more.
  private mutating func dropExcluded() {
    let filter = settings.filter
    for watch in watches.remove(where: { !filter.wantsTree($0.path) }) {
      watcher?.inotify.removeWatch(watch)
    }
    settling.remove { !filter.wantsFile($0.path) }
    writing = writing.filter { filter.wantsFile($0.key.path) }
    // Listed with the old patterns: each drop directory is scanned anew.
    subtrees = []
    for index in roots.indices {
      roots[index].scan = nil
      roots[index].scanAgain = false
      roots[index].blind = roots[index].blind.filter { filter.wantsTree($0.key) }
    }
    if let job = held, !filter.wantsFile(job.key.path) { held = nil }
  }
}

extension NameFilter {
  /// Whether a directory takes part, by all names on the way to it; the drop directory does.
  func wantsTree(_ path: [UInt8]) -> Bool {
    RelativePath.components(path).allSatisfy { wants(Array($0), isDirectory: true) }
  }

  /// Whether a file takes part, by its name and those on the way to it.
  func wantsFile(_ path: [UInt8]) -> Bool {
    guard let name = RelativePath.components(path).last else { return false }
    return wants(Array(name), isDirectory: false) && wantsTree(RelativePath.parent(path))
  }
}
