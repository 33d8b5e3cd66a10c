// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Posix
internal import Systemd

/// What a process needs of its limits, looked at before it does anything.
///
/// Where threads or descriptors run out during the start, libdispatch waits for them for ever or
/// ends the process, and says nothing of use.
package enum Provisions {
  /// It is idle with 31, and has 34 open where two processors work off a backlog. More is
  /// waited for, as with programs that read and those who ask on the socket.
  private static let fewestDescriptors = 40
  /// What it has where nobody says otherwise.
  private static let usualDescriptors = 1_024
  /// Beside those for each processor: the tasks of the pipeline, libdispatch's, and those of calls
  /// that may hang.
  private static let fewestThreads = 16

  /// Ends the process with a message where limits leave it too little to start.
  package static func require() {
    let problem = descriptorProblem() ?? threadProblem()
    guard let problem else { return }
    PassingOutput.write("neardupd: \(problem)\n", to: STDERR_FILENO)
    exit(ExitStatus.inputOutput.rawValue)
  }

  /// Raises the soft limit to what the hard one allows.
  private static func descriptorProblem() -> String? {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < rlim_t(usualDescriptors) else {
      return nil
    }
    limit.rlim_cur = min(limit.rlim_max, rlim_t(usualDescriptors))
    _ = setrlimit(resource, &limit)
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < rlim_t(fewestDescriptors) else {
      return nil
    }
    return "too many open files for a limit of \(limit.rlim_cur): it needs \(fewestDescriptors); "
      + "raise the limit on open files (LimitNOFILE=, ulimit -n)"
  }

  /// Makes as many threads as are needed, and lets them end.
  private static func threadProblem() -> String? {
    let count = fewestThreads + 2 * max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let gate = MonotonicSemaphore()
    var threads: [pthread_t] = []
    var failure: Int32 = 0
    while threads.count < count, failure == 0 {
      var thread = pthread_t()
      let context = Unmanaged.passRetained(gate).toOpaque()
      failure = pthread_create(
        &thread, nil,
        { context in
          guard let context else { return nil }
          Unmanaged<MonotonicSemaphore>.fromOpaque(context).takeRetainedValue().wait()
          return nil
        }, context)
      if failure == 0 {
        threads.append(thread)
      } else {
        Unmanaged<MonotonicSemaphore>.fromOpaque(context).release()
      }
    }
    let made = threads.count
    for _ in threads { gate.signal() }
    for thread in threads { pthread_join(thread, nil) }
    if failure == 0 { return nil }
    return "only \(made) of \(count) threads can be made: \(Errno(number: failure).text); raise "
      + "the limit on tasks (TasksMax=, LimitNPROC=, ulimit -u) or on memory (ulimit -v)"
  }
}
