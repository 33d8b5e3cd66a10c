// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import DequeModule
internal import Glibc

/// Runs tasks that block in system calls on threads of their own.
///
/// Neither the cooperative pool nor Dispatch waits for them then. The latter matters when no
/// descriptor is left: Dispatch, when its queues do not get on, opens a file to see why, and ends
/// the process when it cannot.
final class BlockingExecutor: TaskExecutor {
  private let jobs = JobQueue()

  /// - Parameter threads: as many tasks run at a time.
  init(threads: Int = 1) {
    for _ in 0..<threads { jobs.startThread() }
  }

  deinit { jobs.close() }

  func enqueue(_ job: consuming ExecutorJob) {
    jobs.append(UnownedJob(job), asUnownedTaskExecutor())
  }
}

/// Jobs that wait for a thread, and the threads that wait for jobs.
///
/// Unchecked: the deque and the flag are used with the mutex held only.
private final class JobQueue: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var waiting = Deque<(UnownedJob, UnownedTaskExecutor)>()
  private var isClosed = false

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(arrival, nil)
  }

  deinit {
    pthread_cond_destroy(arrival)
    pthread_mutex_destroy(mutex)
    arrival.deallocate()
    mutex.deallocate()
  }

  func append(_ job: UnownedJob, _ executor: UnownedTaskExecutor) {
    pthread_mutex_lock(mutex)
    waiting.append((job, executor))
    pthread_cond_signal(arrival)
    pthread_mutex_unlock(mutex)
  }

  /// Threads end when they have done what is there.
  func close() {
    pthread_mutex_lock(mutex)
    isClosed = true
    pthread_cond_broadcast(arrival)
    pthread_mutex_unlock(mutex)
  }

  func startThread() {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self).toOpaque()
    let errno = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<JobQueue>.fromOpaque(context).takeRetainedValue().work()
        return nil
      }, context)
    precondition(errno == 0, "a thread cannot be made: \(Errno(number: errno).text)")
    pthread_detach(thread)
  }

  private func work() {
    while let (job, executor) = next() { job.runSynchronously(on: executor) }
  }

  private func next() -> (UnownedJob, UnownedTaskExecutor)? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while waiting.isEmpty, !isClosed { pthread_cond_wait(arrival, mutex) }
    return waiting.popFirst()
  }
}
