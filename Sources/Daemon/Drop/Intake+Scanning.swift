// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Logging
internal import Posix
internal import Systemd

extension Intake {
  /// Asks for a scan of a whole drop directory; requests during a scan come to one more.
  mutating func requestScan(_ index: Int, now: UInt64) {
    if roots[index].scan != nil {
      roots[index].scanAgain = true
    } else {
      roots[index].nextScan = now
    }
  }

  /// Asks for another scan after a pause, since the present one misses something.
  mutating func requestScanLater(_ index: Int) {
    let due = Clocks.monotonic() + Self.missingInterval
    roots[index].retryScan = min(roots[index].retryScan ?? due, due)
    if roots[index].scan == nil {
      roots[index].nextScan = min(roots[index].nextScan ?? due, due)
    }
  }

  mutating func startDueScans(now: UInt64) {
    for index in roots.indices where !roots[index].isHanging {
      startDuePoll(index, now: now)
      guard roots[index].scan == nil, let due = roots[index].nextScan,
        max(due, roots[index].earliestScan) <= now
      else { continue }
      if roots[index].isMissing {
        attach(index, isStart: false)
      } else {
        verify(index)
      }
      if !roots[index].isThere { continue }
      // The end of the scan says when the next is due; a time that has come would keep the loop
      // from sleeping while the pipeline is full.
      roots[index].nextScan = nil
      roots[index].watchFailure = nil
      roots[index].retryScan = nil
      roots[index].scanStarted = now
      roots[index].scan = DirectoryScanner(
        drop: index, directory: [], recursive: settings.recursive)
      board.countScan()
    }
  }

  /// Scans what inotify does not see, where it sees the rest.
  private mutating func startDuePoll(_ index: Int, now: UInt64) {
    guard let due = roots[index].nextPoll, due <= now else { return }
    roots[index].nextPoll = nil
    guard roots[index].mode == .watching, roots[index].scan == nil else { return }
    for directory in roots[index].blind.keys.sorted(by: { $1.lexicographicallyPrecedes($0) }) {
      subtrees.append(
        DirectoryScanner(drop: index, directory: directory, recursive: settings.recursive))
    }
  }

  /// Says when what inotify does not see is to be scanned the next time.
  private mutating func planPoll(_ index: Int, now: UInt64) {
    let isNeeded = roots[index].mode == .watching && !roots[index].blind.isEmpty
    roots[index].nextPoll = isNeeded ? now + settings.pollInterval : nil
  }

  /// Goes on with the scans while the pipeline has room, and until one has listed a directory.
  mutating func stepScans() {
    var steps = 0
    while steps < Self.stepsAtATime, canScan, held == nil, pipeline.hasRoom {
      let step: DirectoryScanner.Step?
      if !subtrees.isEmpty {
        var scan = subtrees.removeLast()
        step = self.step(&scan)
        if places.calls.hangingSince(scan.drop) != nil { return }
        if step == nil { subtreeEnded(scan.drop) } else { subtrees.append(scan) }
      } else if let index = roots.firstIndex(where: { $0.scan != nil }),
        var scan = roots[index].scan
      {
        roots[index].scan = nil
        step = self.step(&scan)
        if places.calls.hangingSince(index) != nil { return }
        if step == nil { scanEnded(index, found: scan.found) } else { roots[index].scan = scan }
      } else if !stepSweep() {
        return
      } else {
        step = nil
      }
      // The events of what was just listed come first: they know the order of arrival, and better
      // than a scan when a file will be complete.
      if step == .listed { return }
      steps += 1
    }
  }

  /// Lists a directory or submits the next file of a scan; nil at its end.
  private mutating func step(_ scan: inout DirectoryScanner) -> DirectoryScanner.Step? {
    let drop = scan.drop
    progress.beat(now: Clocks.monotonic())
    let progress = progress
    let visit = DirectoryVisit(
      places: places, drop: drop, filter: settings.filter,
      watcher: settings.alwaysPolls ? nil : watcher, knownKinds: Set(roots[drop].kinds.keys))
    var findings: [(directory: [UInt8], finding: DirectoryVisit.Finding)] = []
    let step = scan.next { portion in
      guard
        let finding = visit.places.calls.call(
          drop, whileAlive: { progress.beat(now: Clocks.monotonic()) },
          { visit.make(portion, $0) })
      else {
        return DirectoryListing.Portion(error: .hanging)
      }
      findings.append((portion.directory, finding))
      return finding.listing
    }
    for (directory, finding) in findings { take(finding, of: directory, drop) }
    for problem in scan.problems { tell(problem, drop: drop) }
    scan.problems = []
    if case .found(let path) = step {
      let key = DroppedFile(drop: drop, path: path)
      if !settling.contains(key) {
        _ = submit(FileJob(key: key, mayBeOpen: true, mayBeRecorded: true))
      }
    }
    return step
  }

  private mutating func take(
    _ finding: DirectoryVisit.Finding, of directory: [UInt8], _ drop: Int
  ) {
    if let result = finding.watch { note(result, .init(drop: drop, path: directory)) }
    if let identity = finding.identity { roots[drop].note(finding.kind, directory, identity) }
    if finding.isOwn, roots[drop].unlisted.note(directory) {
      logger.warning(
        "a directory of the daemon's own lies in a drop directory: passing it over",
        metadata: [
          "neardupd.path": .bytes(directory), "neardupd.drop": .string(roots[drop].name),
        ])
    }
    guard !finding.isOwn, finding.listing.error == nil,
      let attempts = roots[drop].unlisted.listed(directory)
    else { return }
    logger.notice(
      "a directory can be listed again",
      metadata: [
        "neardupd.path": .bytes(directory), "neardupd.drop": .string(roots[drop].name),
        "neardupd.attempts": "\(attempts)",
      ])
  }

  /// A new directory that cannot be watched makes its drop directory a polled one from now on.
  private mutating func subtreeEnded(_ index: Int) {
    if !subtrees.contains(where: { $0.drop == index }) {
      planPoll(index, now: Clocks.monotonic())
    }
    guard roots[index].mode == .watching, roots[index].watchFailure != nil,
      roots[index].scan == nil
    else { return }
    updateMode(index)
    let due = Clocks.monotonic() + settings.pollInterval
    roots[index].nextScan = min(roots[index].nextScan ?? due, due)
  }

  /// How long to wait until the next scan backs the watch, in nanoseconds; 0 for no more.
  ///
  /// Looking at a file that is known takes 8 us of processor time, twice that where the state has
  /// to be asked (as in collections beyond `FamiliarFiles`). However many there are, scans take no
  /// more than a twentieth of a core.
  static func pause(after files: Int, interval: UInt64) -> UInt64 {
    interval == 0 ? 0 : max(interval, UInt64(max(0, files)) * 400_000)
  }

  private mutating func scanEnded(_ index: Int, found: Int) {
    let now = Clocks.monotonic()
    let took = now - roots[index].scanStarted
    // A storm of overflows must not turn into scanning all the time.
    roots[index].earliestScan = now + max(took, 50_000_000)
    roots[index].unlisted.scanEnded()
    makeWatcher(now: now)
    updateMode(index)
    sweepDeletions(index)
    planPoll(index, now: now)
    let interval: UInt64 =
      switch roots[index].mode {
      case .polling: settings.pollInterval
      case .missing, .hanging: Self.missingInterval
      case .watching: Self.pause(after: found, interval: settings.rescanInterval)
      }
    roots[index].nextScan = interval == 0 ? nil : now + interval
    if let retry = roots[index].retryScan {
      roots[index].nextScan = min(roots[index].nextScan ?? retry, retry)
    }
    if roots[index].scanAgain {
      roots[index].scanAgain = false
      roots[index].nextScan = now
    }
  }

  private mutating func tell(_ problem: DirectoryScanner.Problem, drop: Int) {
    // A directory that went away between its listing and its turn is no trouble, and one that
    // does not answer is told of with its drop directory.
    if problem.error == .notFound || problem.error == .hanging { return }
    if problem.error.isScarcity {
      // The deciding task warns of want of resources; nothing is to be mended here.
      return requestScanLater(drop)
    }
    guard roots[drop].unlisted.note(problem.directory) else { return }
    logger.warning(
      "\(problem.message)",
      metadata: [
        "neardupd.path": .bytes(problem.directory),
        "neardupd.drop": .string(roots[drop].name), "neardupd.error": .string(problem.error.text),
      ])
  }
}
