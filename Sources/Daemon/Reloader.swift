// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import Logging
internal import Posix
internal import Settings
internal import Systemd

/// Applies a changed configuration while the daemon runs (SIGHUP), and reopens the log.
///
/// What needs a restart is named and stays as it was; a configuration with an error changes
/// nothing at all.
actor Reloader {
  private let source: ConfigurationSource
  private var current: DaemonConfiguration
  private let places: DropPlaces
  private let pipeline: Pipeline
  private let control: IntakeControl
  private let exchange: BatchExchange
  private let board: StatusBoard
  private let notifier: ServiceNotifier
  private let logger: Logger
  private let logLevel: SharedLogLevel
  private let isOnce: Bool
  private let inForce: ConfigurationInForce
  private let metrics: MetricsTarget
  /// Longer than a pipe may take (`ConfigurationFile.patience`).
  private let calls = PatientCalls(patience: 10_000_000_000)

  init(
    source: ConfigurationSource, current: DaemonConfiguration, places: DropPlaces,
    pipeline: Pipeline, control: IntakeControl, exchange: BatchExchange, board: StatusBoard,
    notifier: ServiceNotifier, logger: Logger, logLevel: SharedLogLevel, isOnce: Bool,
    inForce: ConfigurationInForce, metrics: MetricsTarget
  ) {
    self.source = source
    self.current = current
    self.places = places
    self.pipeline = pipeline
    self.control = control
    self.exchange = exchange
    self.board = board
    self.notifier = notifier
    self.logger = logger
    self.logLevel = logLevel
    self.isOnce = isOnce
    self.inForce = inForce
    self.metrics = metrics
  }

  @discardableResult
  func reload() -> ReloadReport {
    _ = notifier.reloading(status: "reloading")
    let report: ReloadReport
    do throws(ConfigurationError) {
      let new = try load()
      let changes = new.configuration.changes(from: current)
      current = try current.reloaded(with: new.configuration)
      inForce.take(current, from: new)
      apply(changes)
      report = ReloadReport(applied: changes.applied, needsRestart: changes.needsRestart)
    } catch {
      report = ReloadReport(rejected: error.description)
      logger.error(
        "the configuration has an error: the old one stays in force",
        metadata: MessageIdentifier.configurationRejected.with([
          "neardupd.error": .string(error.description)
        ]))
    }
    exchange.askToReopenLog()
    var text = StatusText()
    _ = notifier.ready(status: text.line(board.now, now: Clocks.monotonic()))
    return report
  }

  /// Reads the configuration; a file on a server that does not answer is an error like others.
  private func load() throws(ConfigurationError) -> LoadedConfiguration {
    let source = source
    let answer = calls.call(0) { _ -> Result<LoadedConfiguration, ConfigurationError> in
      do throws(ConfigurationError) {
        return .success(try source.load())
      } catch {
        return .failure(error)
      }
    }
    guard let answer else {
      throw ConfigurationError(
        .default, "the configuration cannot be read: its file system does not answer")
    }
    return try answer.get()
  }

  private func apply(_ changes: ConfigurationChanges) {
    logLevel.value = current.log.level
    places.limits = FileReader.Limits(current, isOnce: isOnce)
    pipeline.setByteLimit(current.pipeline.inFlightBytes)
    let settings = IntakeSettings(current)
    places.extractors = current.extractors
    // A limit that was raised, or a program that is there now, may be wanted by files that were
    // passed over; that a program was installed no key tells.
    let readsMore =
      places.takeMissingProgram()
      || changes.applied.contains { $0.hasPrefix("drop.") || $0.hasPrefix("extract.") }
    if readsMore { places.familiar.removeAll() }
    control.ask {
      $0.settings = settings
      if readsMore { $0.rescan = true }
    }
    metrics.set(current.metrics)
    board.announce()
    var metadata: Logger.Metadata = MessageIdentifier.configurationReloaded.with([
      "neardupd.applied": .string(changes.applied.joined(separator: " "))
    ])
    if changes.needsRestart.isEmpty {
      logger.notice("the configuration was reloaded", metadata: metadata)
    } else {
      metadata["neardupd.needs-restart"] = .string(changes.needsRestart.joined(separator: " "))
      logger.warning(
        "the configuration was reloaded; some changes need a restart", metadata: metadata)
    }
  }
}
