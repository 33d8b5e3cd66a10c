// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Logging
internal import Posix
internal import ServiceLifecycle
internal import Systemd

/// Submits what is in the drop directories now, in byte order of the paths, and ends (`--once`).
struct OnceService: Service {
  let places: DropPlaces
  let settings: IntakeSettings
  let pipeline: Pipeline
  let control: IntakeControl
  let board: StatusBoard
  let logger: Logger
  let wakeUp: Handover<WakeUpPipe>

  func run() async throws {
    // One counts what the other submits.
    let executor = BlockingExecutor(threads: 2)
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await withTaskExecutorPreference(executor) {
        // Cancelled when all is submitted before it is counted.
        async let _ = count()
        try submitAll()
      }
    } onCancelOrGracefulShutdown: {
      control.ask { $0.stop = true }
    }
  }

  /// So that progress has an end in sight.
  private func count() {
    let count = FileCount(places: places, settings: settings).all { Task.isCancelled }
    if let count { board.update { $0.intake.expected = count } }
  }

  private func submitAll() throws {
    defer { pipeline.finish(discardingJobs: false) }
    guard let wakeUp = wakeUp.take() else { return }
    board.update { $0.phase = .running }
    var readiness = Readiness()
    readiness.watch(wakeUp.readDescriptor, for: .readable)
    var submitted = 0
    for drop in places.directories.indices {
      var scan = DirectoryScanner(drop: drop, directory: [], recursive: settings.recursive)
      while let step = next(&scan) {
        guard case .found(let path) = step else { continue }
        let job = FileJob(key: DroppedFile(drop: drop, path: path), mayBeRecorded: true)
        while !pipeline.submit(job) {
          tell(submitted, backlog: scan.pending + 1)
          try readiness.wait(timeout: nil)
          wakeUp.drain()
          if control.take().stop { return }
        }
        submitted += 1
        // What is recorded already goes through without the pipeline ever being full.
        if submitted.isMultiple(of: 1_024) { tell(submitted, backlog: scan.pending) }
      }
    }
    tell(submitted, backlog: 0)
    board.update { $0.intake.isScanning = false }
  }

  private func tell(_ submitted: Int, backlog: Int) {
    board.update {
      $0.intake.backlog = backlog
      $0.intake.submitted = submitted
      $0.intake.isScanning = true
    }
  }

  private func next(_ scan: inout DirectoryScanner) -> DirectoryScanner.Step? {
    let (places, filter, drop) = (places, settings.filter, scan.drop)
    let step = scan.next(
      openDirectory: { directory throws(Errno) in try places.open(directory, in: drop) },
      wants: { filter.wants($0, isDirectory: $1) },
      willList: { _ in })
    // At the end of the scan too: what could not be listed may have come last.
    for problem in scan.problems { tell(problem) }
    scan.problems = []
    return step
  }

  private func tell(_ problem: DirectoryScanner.Problem) {
    logger.warning(
      "\(problem.message)",
      metadata: [
        "neardupd.path": .bytes(problem.directory),
        "neardupd.error": .string(problem.error.text),
      ])
  }
}
