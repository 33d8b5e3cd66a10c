// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Logging
internal import Posix
internal import Systemd

/// Finds the files: watches and scans the drop directories and submits what has settled.
///
/// One task owns it, on a thread of its own that sleeps in poll(2). Watches are set before a
/// directory is scanned, and both feed one queue keyed by file, so that nothing falls between. The
/// kernel's queue is the buffer: when the pipeline is full, events are left there, and an overflow
/// is answered by a scan.
struct Intake: ~Copyable {
  /// Files that wait to settle; beyond that events stay in the kernel's queue.
  static let settlingLimit = 65_536
  /// New directories that wait for their scan; beyond that their drop directory is scanned whole.
  static let subtreeLimit = 1_024
  /// Steps of one kind in a row, so that events, settled files and scans all get their turn.
  static let stepsAtATime = 256
  /// While a drop directory is missing it is looked for this often, in nanoseconds.
  static let missingInterval: UInt64 = 1_000_000_000

  /// Whether a name still leads to the directory that is watched is looked at this often, in
  /// nanoseconds: a link on the way there gives no event.
  static let lookInterval: UInt64 = 5_000_000_000
  /// The same where all that may happen on the way does.
  static let watchedLookInterval: UInt64 = 300_000_000_000
  /// How long after an event on the way it is looked: what happens at once is one look.
  static let lookDelay: UInt64 = 100_000_000
  /// How long it is remembered that a file was written and not closed, in nanoseconds: an hour.
  static let closeMemory: UInt64 = 3_600_000_000_000

  let places: DropPlaces
  let pipeline: Pipeline
  let control: IntakeControl
  let recorded: RecordedFiles
  let board: StatusBoard
  let logger: Logger
  let progress: TaskProgress

  var settings: IntakeSettings
  var settling: SettlingQueue
  var roots: [DropRoot]
  var watches = WatchTable()
  var subtrees: [DirectoryScanner] = []
  /// A file for which the pipeline had no room.
  var held: FileJob?
  /// Files that were written and not closed since, and when they last were.
  var writing: [DroppedFile: UInt64] = [:]
  /// When hanging drop directories are asked again.
  var nextProbe: UInt64 = 0

  /// Overflows of the kernel's queue.
  var overflows = RecurringTrouble()
  /// Whether it was told that the state cannot be searched for deleted files.
  var toldOfSweep = false

  /// nil where nobody has to look after it.
  let state: StatePlace?
  /// What is taken out of the state directory; nil where that cannot be watched.
  var stateWatch: WatchDescriptor?

  /// nil where nothing can be watched, or is to be.
  var watcher: DirectoryWatcher?
  /// Why nothing can be watched; nil when it can, or is not wanted.
  var watcherProblem: String?
  /// Watches the ways to the drop directories and to the state; nil where that cannot be, or is
  /// not to be.
  var way: WayWatch?
  /// Not before this is it tried again to make the watcher.
  var nextWatcher: UInt64 = 0

  let mounts: MountTable?
  private let mountDescriptor: Int32?
  private let wakeUp: WakeUpPipe
  private var events = EventBuffer()
  private var readiness = Readiness()

  init(
    places: DropPlaces, settings: IntakeSettings, wakeUp: consuming WakeUpPipe,
    pipeline: Pipeline, control: IntakeControl, recorded: RecordedFiles, board: StatusBoard,
    logger: Logger, progress: TaskProgress = TaskProgress(), state: StatePlace? = nil
  ) {
    self.places = places
    self.state = state
    self.settings = settings
    self.pipeline = pipeline
    self.control = control
    self.recorded = recorded
    self.board = board
    self.logger = logger
    self.progress = progress
    settling = SettlingQueue(settle: settings.settle)
    roots = places.directories.enumerated().map { DropRoot(number: $0.offset, path: $0.element) }
    // Without /proc, mounts over a drop directory are found by looking at it now and then.
    if let table = try? MountTable() {
      mountDescriptor = table.descriptor
      mounts = consume table
    } else {
      mountDescriptor = nil
      mounts = nil
    }
    self.wakeUp = wakeUp
    places.calls.whenChanged { control.wake() }
  }

  /// Sets the watches on the drop directories; the first scans begin in `run`.
  mutating func begin() {
    makeWatcher(now: Clocks.monotonic())
    for index in roots.indices { attach(index, isStart: true) }
    followHangs(now: Clocks.monotonic())
    report()
  }

  /// Runs until told to stop. Call it on a thread that may block.
  mutating func run() throws(InotifyError) {
    while true {
      let requests = control.take()
      if requests.stop { return }
      let now = Clocks.monotonic()
      progress.beat(now: now)
      followHangs(now: now)
      serve(requests, now: now)
      try drainEvents()
      lookAtRoots(now: now)
      tellOfOverflows(now: now)
      startDueScans(now: now)
      submitSettled()
      stepScans()
      report()
      progress.idle()
      try wait()
    }
  }

  private mutating func serve(_ requests: IntakeControl.Requests, now: UInt64) {
    for file in requests.putOff where !roots[file.key.drop].isHanging {
      if let wait = file.wait {
        settling.putOff(
          file.key, attempts: file.attempts, seen: file.seen, wait: wait, now: now)
      } else {
        settling.putOff(file.key, attempts: file.attempts, now: now)
      }
    }
    if let new = requests.settings, new != settings { apply(new, now: now) }
    for index in requests.rescans where roots.indices.contains(index) {
      requestScan(index, now: now)
    }
    if requests.rescan { requestScanOfAll(now: now) }
  }

  mutating func requestScanOfAll(now: UInt64) {
    for index in roots.indices { requestScan(index, now: now) }
  }

  private mutating func drainEvents() throws(InotifyError) {
    guard let watcher else { return }
    // A few buffers at a time, so that a storm of events does not keep settled files waiting.
    var reads = 0
    while reads < 8, settling.count < Self.settlingLimit {
      var batch: [InotifyEvent] = []
      do throws(InotifyError) {
        guard try watcher.inotify.readEvents(into: &events, { batch.append($0) }) else { return }
      } catch  where error.code == .malformedEvents {
        requestScanOfAll(now: Clocks.monotonic())
      }
      for event in batch { handle(event) }
      reads += 1
    }
  }

  /// Submits one file; false when it has to wait for room.
  mutating func submit(_ job: FileJob) -> Bool {
    var job = job
    let root = roots[job.key.drop]
    job.root = (root.identity.device, root.identity.inode)
    job.changesUnseen = root.changesUnseen(job.key.path)
    job.awaitsClose = writing[job.key].map { Clocks.monotonic() - $0 < Self.closeMemory } ?? false
    if held == nil, pipeline.submit(job) { return true }
    if held == nil { held = job }
    return false
  }

  private mutating func submitHeld() -> Bool {
    guard let job = held else { return true }
    guard pipeline.submit(job) else { return false }
    held = nil
    return true
  }

  private mutating func submitSettled() {
    guard submitHeld() else { return }
    let now = Clocks.monotonic()
    while pipeline.hasRoom, let ready = settling.popReady(now: now) {
      let job = FileJob(
        key: ready.key, mayBeOpen: ready.mayBeOpen, mustBeQuiet: ready.mustBeQuiet,
        attempts: ready.attempts, seen: ready.seen)
      if !submit(job) { return }
    }
  }

  private mutating func wait() throws(InotifyError) {
    readiness.watch(wakeUp.readDescriptor, for: .readable)
    // Events that cannot be taken now would make poll return at once, again and again.
    let takesEvents = settling.count < Self.settlingLimit
    if let watcher {
      readiness.watch(watcher.inotify.descriptor, for: takesEvents ? .readable : [])
    }
    if let mountDescriptor { readiness.watch(mountDescriptor, for: .urgent) }
    if let way { readiness.watch(way.descriptor, for: .readable) }
    try readiness.wait(timeout: timeout())
    if !readiness.events(of: wakeUp.readDescriptor).isEmpty { wakeUp.drain() }
    if let mountDescriptor, !readiness.events(of: mountDescriptor).isEmpty {
      mountsChanged()
    }
    if let way, !readiness.events(of: way.descriptor).isEmpty, way.drain(&events) {
      state?.look()
      lookSoon()
    }
  }

  /// How long to sleep: not at all while there is work that can go on, else to the next deadline.
  func timeout() -> Duration? {
    let now = Clocks.monotonic()
    var deadlines: [UInt64] = [overflows.end].compactMap { $0 }
    if held == nil, pipeline.hasRoom {
      if isScanning, canScan { return .zero }
      if let deadline = settling.nextDeadline { deadlines.append(deadline) }
    }
    for root in roots {
      if root.isHanging {
        deadlines.append(nextProbe)
        continue
      }
      if let next = root.nextScan { deadlines.append(max(next, root.earliestScan)) }
      if let next = root.nextPoll { deadlines.append(next) }
      if root.isThere { deadlines.append(root.nextLook) }
    }
    guard let next = deadlines.min() else { return nil }
    return next <= now ? .zero : .nanoseconds(Int64(next - now))
  }

  /// Scans also find files that must wait to settle: their number is bounded like that of events.
  var canScan: Bool { settling.count < Self.settlingLimit }

  var isScanning: Bool {
    !subtrees.isEmpty || roots.contains { $0.scan != nil || $0.sweep != nil }
  }

  private func report() {
    let listed =
      roots.reduce(0) { $0 + ($1.scan?.pending ?? 0) } + subtrees.reduce(0) { $0 + $1.pending }
    board.intake(
      .init(
        backlog: listed + settling.count + (held == nil ? 0 : 1), isScanning: isScanning,
        watches: watches.count,
        places: roots.map { .init(path: $0.name, mode: $0.mode, blindness: $0.blindness) }))
  }
}
