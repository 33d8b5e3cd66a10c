// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Logging
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
    for index in roots.indices {
      guard roots[index].scan == nil, let due = roots[index].nextScan,
        max(due, roots[index].earliestScan) <= now
      else { continue }
      if roots[index].isMissing {
        attach(index, isStart: false)
        if roots[index].isMissing { continue }
      } else {
        verify(index)
        if roots[index].isMissing { continue }
      }
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

  /// Goes on with the scans while the pipeline has room, and until one has listed a directory.
  mutating func stepScans() {
    var steps = 0
    while steps < Self.stepsAtATime, canScan, held == nil, pipeline.hasRoom {
      let step: DirectoryScanner.Step?
      if !subtrees.isEmpty {
        var scan = subtrees.removeLast()
        step = self.step(&scan)
        if step == nil { subtreeEnded(scan.drop) } else { subtrees.append(scan) }
      } else if let index = roots.firstIndex(where: { $0.scan != nil }),
        var scan = roots[index].scan
      {
        roots[index].scan = nil
        step = self.step(&scan)
        if step == nil { scanEnded(index) } else { roots[index].scan = scan }
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
    let (places, filter, drop) = (places, settings.filter, scan.drop)
    // The watch comes before the listing: what arrives in between is reported, not lost.
    let step = scan.next(
      openDirectory: { directory throws(Errno) in
        try places.open(directory, in: drop)
      },
      wants: { filter.wants($0, isDirectory: $1) },
      willList: { watch($0, in: drop) })
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

  /// A new directory that cannot be watched makes its drop directory a polled one from now on.
  private mutating func subtreeEnded(_ index: Int) {
    guard roots[index].mode == .watching, roots[index].watchFailure != nil,
      roots[index].scan == nil
    else { return }
    updateMode(index)
    let due = Clocks.monotonic() + settings.pollInterval
    roots[index].nextScan = min(roots[index].nextScan ?? due, due)
  }

  private mutating func scanEnded(_ index: Int) {
    let now = Clocks.monotonic()
    let took = now - roots[index].scanStarted
    // A storm of overflows must not turn into scanning all the time.
    roots[index].earliestScan = now + max(took, 50_000_000)
    updateMode(index)
    sweepDeletions(index)
    let interval: UInt64 =
      switch roots[index].mode {
      case .polling: settings.pollInterval
      case .missing: Self.missingInterval
      case .watching: settings.rescanInterval
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
    // A directory that went away between its listing and its turn is no trouble.
    if problem.error == .notFound { return }
    if problem.error.isScarcity {
      // The deciding task warns of want of resources; nothing is to be mended here.
      return requestScanLater(drop)
    }
    logger.warning(
      "cannot list a directory: what is in it is not seen; give the service read permission",
      metadata: [
        "neardupd.path": .bytes(problem.directory),
        "neardupd.drop": .string(roots[drop].name), "neardupd.error": .string(problem.error.text),
      ])
  }
}
