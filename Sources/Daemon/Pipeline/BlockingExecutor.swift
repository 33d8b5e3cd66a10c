// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import DequeModule
internal import Dispatch
internal import Glibc
internal import Posix
internal import Synchronization
internal import Systemd

/// Runs tasks that block in system calls on threads of their own.
///
/// Neither the cooperative pool nor Dispatch waits for them then. The latter matters when no
/// descriptor is left: Dispatch, when its global queues do not get on, opens a file to see why, and
/// ends the process when it cannot. What does not block runs on one as well: once a global queue
/// has had a task, Dispatch looks after its threads every second for as long as the process lives.
package final class BlockingExecutor: TaskExecutor {
  private let jobs = JobQueue()

  /// - Parameter threads: as many tasks run at a time.
  package init(threads: Int = 1) {
    for _ in 0..<threads { jobs.startThread() }
  }

  deinit { jobs.close() }

  package func enqueue(_ job: consuming ExecutorJob) {
    jobs.append(UnownedJob(job), asUnownedTaskExecutor())
  }
}

/// Jobs that wait for a thread, and the threads that wait for jobs.
private final class JobQueue: Sendable {
  private struct State {
    var waiting = Deque<(UnownedJob, UnownedTaskExecutor)>()
    var threads = 0
  }

  private let state = Mutex(State())
  /// One for each job that was not taken yet; more of them than jobs end threads.
  private let arrivals = DispatchSemaphore(value: 0)

  func append(_ job: UnownedJob, _ executor: UnownedTaskExecutor) {
    state.withLock { $0.waiting.append((job, executor)) }
    arrivals.signal()
  }

  /// Threads end when they have done what is there.
  func close() {
    for _ in 0..<state.withLock({ $0.threads }) { arrivals.signal() }
  }

  func startThread() {
    state.withLock { $0.threads += 1 }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let errno = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<JobQueue>.fromOpaque(context).takeRetainedValue().work()
        return nil
      }, context)
    guard errno == 0 else { Self.endWithoutThreads(Errno(number: errno)) }
    pthread_detach(thread)
  }

  /// Threads are made at the start, when nothing is under way that kill -9 would not leave in order
  /// as well; without one of them nothing would ever get on.
  private static func endWithoutThreads(_ error: Errno) -> Never {
    PassingOutput.write(
      "neardupd: a thread cannot be made: \(error.text); "
        + "raise the limit on tasks (TasksMax=, LimitNPROC=, ulimit -u)\n", to: STDERR_FILENO)
    exit(ExitStatus.inputOutput.rawValue)
  }

  private func work() {
    while true {
      arrivals.wait()
      guard let (job, executor) = state.withLock({ $0.waiting.popFirst() }) else { return }
      job.runSynchronously(on: executor)
    }
  }
}
