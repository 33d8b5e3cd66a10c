// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Logging
internal import Posix
internal import Systemd

/// What a look at a drop directory itself tells.
struct RootLook: Sendable {
  var identity: DirectoryIdentity
  /// What it lies in, itself first.
  var chain: [DirectoryIdentity]
  var kind: FileSystemKind
  /// Its name without links, as mounts are named.
  var realPath: [UInt8]
  /// Whether what may make its name lead elsewhere is told by itself.
  var isWayWatched: Bool

  init(_ places: DropPlaces, _ drop: Int, _ way: WayWatch?) throws(Errno) {
    // Before the look, so that nothing falls between.
    isWayWatched = way?.cover(places.directories[drop]) ?? false
    let opened = try places.open([], in: drop)
    identity = try DirectoryIdentity(of: opened)
    chain = try DirectoryIdentity.chain(from: opened)
    kind = FileSystemKind.of(directory: opened.number)
    let name = places.directories[drop]
    realPath = FileSystemCalls.withoutLinks(name) ?? name
  }
}

extension Intake {
  /// Takes a drop directory up: watches it and asks for a scan, or marks it as missing.
  mutating func attach(_ index: Int, isStart: Bool) {
    let now = Clocks.monotonic()
    guard let answer = look(index) else { return }
    let found: RootLook
    switch answer {
    case .failure(let error): return miss(index, error.text)
    case .success(let look): found = look
    }
    if let conflict = conflict(found, index) { return miss(index, conflict) }
    let wasMissing = roots[index].isMissing
    roots[index].identity = found.identity
    roots[index].kinds = [found.identity.device: found.kind]
    roots[index].blind = [:]
    roots[index].chain = found.chain
    roots[index].mountPoints = mountPoints(below: found.realPath)
    roots[index].watchFailure = nil
    roots[index].mode = .watching
    watchRoot(index)
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
    guard roots[index].isThere else { return }
    let root = WatchTable.Directory(drop: index, path: [])
    guard let answer = look(index) else { return }
    switch answer {
    case .success(let found):
      let isSame = found.identity == roots[index].identity
      roots[index].chain = found.chain
      roots[index].kinds[found.identity.device] = found.kind
      let needsNoWatch =
        settings.alwaysPolls || watcher == nil || roots[index].watchFailure != nil
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
    case .failure(let error):
      if error.isScarcity { return requestScanLater(index) }
      detach(index)
      miss(index, error.text)
    }
  }

  /// Looks now and then whether names still lead where they did; cheap beside what they lead to.
  mutating func lookAtRoots(now: UInt64) {
    // Where ways are not watched the daemon is awake every few seconds anyway.
    if way == nil, roots.contains(where: { $0.isThere && $0.nextLook <= now }) { state?.look() }
    for index in roots.indices where roots[index].isThere && roots[index].nextLook <= now {
      verify(index)
    }
  }

  /// Something has happened on the way to one of them.
  mutating func lookSoon() {
    let soon = Clocks.monotonic() + Self.lookDelay
    for index in roots.indices { roots[index].nextLook = min(roots[index].nextLook, soon) }
  }

  /// nil when there is no answer.
  private mutating func look(_ index: Int) -> Result<RootLook, Errno>? {
    let (places, way) = (places, way)
    progress.beat(now: Clocks.monotonic())
    let answer = places.calls.call(index) { _ -> Result<RootLook, Errno> in
      do throws(Errno) {
        return .success(try RootLook(places, index, way))
      } catch {
        return .failure(error)
      }
    }
    var isToldOfAll = false
    if case .success(let found)? = answer { isToldOfAll = found.isWayWatched && mounts != nil }
    let interval = isToldOfAll ? Self.watchedLookInterval : Self.lookInterval
    roots[index].nextLook = Clocks.monotonic() + interval
    return answer
  }

  /// Why a directory is not to be served though it is there: files would be recorded twice.
  private func conflict(_ found: RootLook, _ index: Int) -> String? {
    for other in roots where other.number != index && other.isThere {
      if other.identity == found.identity { return "it is the same directory as \(other.name)" }
      if found.chain.contains(other.identity) { return "it lies in \(other.name)" }
      if other.chain.contains(found.identity) { return "\(other.name) lies in it" }
    }
    return nil
  }

  mutating func detach(_ index: Int) {
    for watch in watches.removeTree(drop: index, path: []) { watcher?.inotify.removeWatch(watch) }
    letGo(index)
  }

  /// Forgets what was found in a drop directory; what the next one has too, its scan finds.
  mutating func letGo(_ index: Int) {
    roots[index].scan = nil
    roots[index].sweep = nil
    roots[index].nextPoll = nil
    subtrees.removeAll { $0.drop == index }
    settling.remove(drop: index, below: [])
    if held?.key.drop == index { held = nil }
  }

  private mutating func miss(_ index: Int, _ reason: String) {
    let isNews =
      switch roots[index].mode {
      case .missing(let known): known != reason
      default: true
      }
    if isNews {
      let remedy = HiddenHome.present.remedy(for: roots[index].path)
      logger.error(
        "the drop directory is missing: looking for it every second",
        metadata: MessageIdentifier.dropDirectoryMissing.with([
          "neardupd.drop": .string(roots[index].name), "neardupd.error": .string(reason),
          "neardupd.remedy": .string(
            remedy ?? "mount or create it, or give the user of the service its permissions"),
        ]))
    }
    roots[index].mode = .missing(reason: reason)
    roots[index].nextScan = Clocks.monotonic() + Self.missingInterval
  }

  /// Decides between watching and polling, and says so when it changes.
  mutating func updateMode(_ index: Int) {
    guard roots[index].isThere else { return }
    let kind = roots[index].kinds[roots[index].identity.device]
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
    return watcherProblem ?? roots[index].watchFailure ?? kind?.blindSpot
  }

  // MARK: Mounts

  /// A mount over a watched directory, or over what it lies in, gives no event at all.
  mutating func mountsChanged() {
    state?.look()
    for index in roots.indices {
      probe(index)
      guard roots[index].isThere else { continue }
      verify(index)
      guard roots[index].isThere, case .success(let found)? = look(index) else { continue }
      let points = mountPoints(below: found.realPath)
      guard points != roots[index].mountPoints else { continue }
      roots[index].mountPoints = points
      // What was mounted or unmounted below the drop directory, the scan finds and watches.
      roots[index].blind = [:]
      roots[index].kinds = roots[index].kinds.filter { $0.key == roots[index].identity.device }
      requestScan(index, now: Clocks.monotonic())
    }
  }

  /// Mount points at or below a drop directory, in the kernel's order, by the names that both have
  /// without links.
  ///
  /// - Parameter path: that of the drop directory without links.
  func mountPoints(below path: [UInt8]) -> [[UInt8]] {
    guard let all = try? mounts?.mounts() else { return [] }
    return all.map(\.mountPoint).filter { $0 == path || RelativePath.isInside($0, path) }
  }
}
