// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Logging
internal import NearDuplicates
internal import ServiceLifecycle

/// Runs the workers and the one committing task; ends when the intake has and all is committed.
struct PipelineService: Service {
  let pipeline: Pipeline
  let places: DropPlaces
  let known: any KnownFiles
  let workers: Int
  let sampling: SketchSampling
  /// Makes the committer on the task that is to own it.
  let makeCommitter: @Sendable () throws -> Committer

  func run() async throws {
    let executor = BlockingExecutor(label: "neardupd.pipeline")
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<workers {
          group.addTask(executorPreference: executor) {
            let worker = Worker(
              pipeline: pipeline, places: places, known: known, sampling: sampling)
            await worker.run()
          }
        }
        group.addTask(executorPreference: executor) {
          // Whatever ends the committing also ends the workers.
          defer { pipeline.finish(discardingJobs: true) }
          let committer = try makeCommitter()
          try await committer.run()
        }
        try await group.waitForAll()
      }
    } onCancelOrGracefulShutdown: {
      // Files that no worker has begun stay where they are: the next start finds them.
      pipeline.finish(discardingJobs: true)
    }
  }
}
