// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

@preconcurrency internal import Dispatch

/// Runs tasks that block in system calls on threads of their own, off the cooperative pool.
///
/// Dispatch keeps the threads; at most as many are busy as tasks prefer this executor, which the
/// pipeline bounds by its number of workers.
final class BlockingExecutor: TaskExecutor {
  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label, attributes: .concurrent) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedTaskExecutor()
    queue.async { job.runSynchronously(on: executor) }
  }
}
