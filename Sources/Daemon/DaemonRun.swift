// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Logging
package import Settings
internal import StateStore
internal import Systemd

/// One run of the daemon, from its options to its exit status.
package enum DaemonRun {
  /// Runs until stopped, or with `--once` until all is done; says on its own what went wrong.
  package static func run(_ options: DaemonOptions) async -> ExitStatus {
    // A reader of a pipe that goes away, a lease that is broken, or a limit on the size of files
    // must not end the daemon: the call that met it says so.
    for number in [SIGPIPE, SIGIO, SIGXFSZ] { signal(number, SIG_IGN) }
    FreedMemory.limitArenas()
    let source = ConfigurationSource(options.overrides)
    let loaded: LoadedConfiguration
    do {
      loaded = try source.load()
    } catch {
      report(error.description)
      return .configuration
    }
    if options.checkConfig {
      print(loaded.describe(), terminator: "")
      for warning in loaded.warnings { report("warning: \(warning)") }
      return .success
    }
    let notifier = ServiceNotifier()
    let display = ProgressDisplay.choose(
      isOnce: options.once, isSupervised: notifier.isSupervised)
    let problems = RecentProblem()
    let level = SharedLogLevel(loaded.configuration.log.level)
    let (logger, flush) = LoggingSetup.logger(
      level: level, problems: problems,
      clearsLine: display == .terminal)
    for warning in loaded.warnings {
      logger.warning("configuration", metadata: ["neardupd.warning": .string(warning)])
    }
    defer { flush() }
    return await run(
      DaemonAssembly(
        loaded: loaded, source: source, isOnce: options.once, notifier: notifier,
        logger: logger, logLevel: level, problems: problems, display: display,
        inForce: ConfigurationInForce(loaded)))
  }

  private static func run(_ assembly: DaemonAssembly) async -> ExitStatus {
    do {
      try await assembly.run()
      return .success
    } catch {
      let failure = failure(error)
      _ = assembly.notifier.status(failure.description)
      let metadata: Logger.Metadata = ["neardupd.error": .string(failure.description)]
      assembly.logger.critical(
        "cannot go on", metadata: failure.identifier?.with(metadata) ?? metadata)
      return failure.status
    }
  }

  private static func failure(_ error: any Error) -> DaemonFailure {
    switch error {
    case let error as DaemonFailure: error
    case let error as StateStoreError: DaemonFailure(state: error)
    default: DaemonFailure(.inputOutput, "\(error)")
    }
  }

  /// Ends a process that cannot know its options, with a message and a status that is tried again.
  package static func endWithoutArguments() -> Never {
    report("the command line cannot be read: /proc is not there; mount it")
    exit(ExitStatus.inputOutput.rawValue)
  }

  /// Before logging stands: one plain line to standard error.
  private static func report(_ text: String) {
    PassingOutput.write("neardupd: \(text)\n", to: STDERR_FILENO)
  }
}
