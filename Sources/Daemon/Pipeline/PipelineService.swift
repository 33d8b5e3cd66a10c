// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Logging
internal import NearDuplicates
internal import ServiceLifecycle

/// Runs the workers, the one deciding and the one committing task; ends when the intake has and all
/// is committed.
struct PipelineService: Service {
  let pipeline: Pipeline
  let places: DropPlaces
  let known: any KnownFiles
  let workers: Int
  /// How many programs run at a time to read what the workers cannot.
  let processes: Int
  let sampling: SketchSampling
  /// Whether workers make ready what stories need.
  let hasStories: Bool
  let exchange: BatchExchange
  let decider: Handover<Decider>
  let committer: Handover<Committer>
  /// Moves recorded files; nil when they stay.
  let mover: MovingTask?
  /// Nanoseconds; 0 when the log is synced with each commit.
  let syncInterval: UInt64

  func run() async throws {
    let executor = BlockingExecutor(threads: workers + processes + 2)
    let extraction = ExtractionQueue(producers: workers)
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<workers {
          group.addTask(executorPreference: executor) {
            let worker = Worker(
              pipeline: pipeline, extraction: extraction, places: places, known: known,
              sampling: sampling, hasStories: hasStories)
            await worker.run()
          }
        }
        for _ in 0..<processes {
          group.addTask(executorPreference: executor) {
            let worker = ExtractionWorker(
              pipeline: pipeline, queue: extraction, places: places, known: known,
              sampling: sampling, hasStories: hasStories)
            await worker.run()
          }
        }
        group.addTask(executorPreference: executor) {
          // Whatever ends the deciding also ends the workers and, in its time, the committing.
          defer {
            exchange.finish()
            pipeline.abandon()
          }
          if let decider = decider.take() { try await decider.run() }
        }
        group.addTask(executorPreference: executor) {
          // Whatever ends the committing also ends the workers and the deciding.
          defer {
            exchange.abandon()
            pipeline.abandon()
            mover?.departures.finish()
          }
          if let committer = committer.take() { try await committer.run() }
        }
        if let mover {
          group.addTask(executorPreference: BlockingExecutor()) { mover.run() }
        }
        if syncInterval > 0 {
          group.addTask { await interruptForSync() }
        }
        // The workers, the decider and the committer; what only keeps time has nothing to do then.
        let tasks = workers + processes + (mover == nil ? 2 : 3)
        for _ in 0..<tasks { try await group.next() }
        group.cancelAll()
      }
    } onCancelOrGracefulShutdown: {
      // Files that no worker has begun stay where they are: the next start finds them.
      pipeline.finish(discardingJobs: true)
    }
  }

  /// Makes the committer sync the log though nothing new arrives.
  private func interruptForSync() async {
    while true {
      do { try await Pause.wait(for: .nanoseconds(syncInterval)) } catch { return }
      exchange.askForAttention()
    }
  }
}
