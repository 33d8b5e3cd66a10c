// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Control
internal import Inotify
internal import Logging
internal import NearDuplicates
internal import Posix
internal import ServiceLifecycle
internal import Settings
internal import StateStore
internal import Systemd
internal import UnixSignals

/// Puts the parts together in the order in which they depend on each other, and runs them.
///
/// What can fail for a reason that an administrator must mend fails here, before READY=1.
struct DaemonAssembly {
  let loaded: LoadedConfiguration
  let source: ConfigurationSource
  let isOnce: Bool
  let notifier: ServiceNotifier
  let logger: Logger
  let logLevel: SharedLogLevel
  let problems: RecentProblem
  let display: ProgressDisplay
  let inForce: ConfigurationInForce
  let board = StatusBoard()
  let deciding = TaskProgress()
  let committing = TaskProgress()
  let intaking = TaskProgress()
  let metrics = DaemonMetrics()
  let load = PipelineLoad()

  var configuration: DaemonConfiguration { loaded.configuration }

  func run() async throws {
    // SIGTERM and SIGINT end the process until the index is loaded, which can take minutes: nothing
    // is under way then that kill -9 would not leave in order as well.
    let hangups = await UnixSignalsSequence(trapping: .sighup)
    // Dispatch opens its timer when it is first needed, and traps when no descriptor is left then.
    try? await Pause.wait(for: .milliseconds(1))
    let directories = configuration.drop.directories.map { Array($0.utf8) }
    let calls = PatientCalls()
    try checkPlaces(directories, calls)
    let stateDirectory = Array(configuration.state.directory.utf8)
    let lock = try DaemonStart.lock(stateDirectory)
    try await reporting { try await assemble(hangups, directories, calls, $0) }
    withExtendedLifetime(lock) {}
    if board.now.phase == .stopping {
      logger.notice(
        "stopped", metadata: MessageIdentifier.stopped.metadata)
    }
  }

  private func assemble(
    _ hangups: UnixSignalsSequence, _ directories: [[UInt8]], _ calls: PatientCalls,
    _ desk: ControlDesk
  ) async throws {
    let store = try DaemonStart.openStore(Array(configuration.state.directory.utf8))
    var files = RecordedFiles(
      reader: store.makeReader(),
      dropNumbers: try directories.map { try store.dropNumber(of: $0) })
    var log = try DaemonStart.openLog(Array(configuration.log.path.utf8))
    try DaemonStart.recover(&log, store, logger)
    let loader = CollectionLoader(
      reader: files.reader, threshold: configuration.detection.threshold,
      stories: configuration.stories.settings, limits: retentionLimits())
    let (loaded, names) = try await load(loader)
    files.names = names
    let own = RecordedFiles(
      reader: try store.makeOwnReader(), dropNumbers: files.dropNumbers, names: names)
    let register = DocumentRegister(
      restored: loaded.collection, stories: loaded.stories, nextSequence: store.nextSequence,
      recorded: own, dropNames: directories.count > 1 ? directories : nil,
      threshold: configuration.detection.threshold, forgetsDeleted: configuration.forgetsDeleted)
    let stops = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    showRestored(register)
    let places = dropPlaces(directories, calls)
    let wakeUp = try WakeUpPipe()
    let control = IntakeControl(wakeUp: wakeUp.wakeUp)
    let pipeline = Pipeline(
      limit: configuration.pipeline.queue, byteLimit: configuration.pipeline.inFlightBytes,
      roomAgain: { control.wake() })
    load.attach(pipeline)
    let exchange = BatchExchange(didWrite: { pipeline.interruptDecider() })
    let sampling = SketchSampling(oneIn: configuration.detection.sampleOneIn)
    let checks = CheckRequests(
      sampling: sampling, hasStories: configuration.stories.enabled,
      wake: { pipeline.interruptDecider() })
    let erasures = ErasureRequests(wake: { pipeline.interruptDecider() })
    let settings = CommitSettings(configuration)
    let mover = movingTask(places, control)
    let decider = Handover(
      Decider(
        pipeline: pipeline, exchange: exchange, checks: checks, erasures: erasures,
        loader: loader, control: control, progress: deciding, logger: logger, limit: settings.batch,
        movesFiles: mover != nil, register: register))
    let committer = Handover(
      Committer(
        exchange: exchange, load: { pipeline.load.documents }, board: board,
        progress: committing, logger: logger, syncInterval: settings.syncInterval,
        metrics: metrics, store: store, log: log, departures: mover?.departures))
    let pipelineService = PipelineService(
      pipeline: pipeline, places: places, known: files, workers: configuration.workerCount,
      processes: configuration.extract.processes, sampling: sampling,
      hasStories: configuration.stories.enabled, exchange: exchange, decider: decider,
      committer: committer, mover: mover, syncInterval: settings.syncInterval)
    let target = MetricsTarget(configuration.metrics)
    let reloader = Reloader(
      source: source, current: configuration, places: places, pipeline: pipeline,
      control: control, exchange: exchange, board: board, notifier: notifier, logger: logger,
      logLevel: logLevel, isOnce: isOnce, inForce: inForce, metrics: target)
    let state = StatePlace(directory: Array(configuration.state.directory.utf8)) {
      exchange.askToLookAtState()
    }
    let intake = try intakeService(places, files, pipeline, control, wakeUp, state)
    desk.open(isOnce ? nil : control, checks, erasures)
    let measuring = MetricsService(
      metrics: metrics, target: target, board: board, load: { [load] in load.now },
      logger: logger)
    try await run(intake, pipelineService, measuring, reloader, desk, (hangups, stops))
  }

  private func showRestored(_ register: borrowing DocumentRegister) {
    let (totals, indexBytes) = (register.counts, register.indexByteCount)
    board.update { status in
      status.phase = .starting
      status.totals.take(totals)
      status.indexBytes = indexBytes
    }
  }

  private func movingTask(_ places: DropPlaces, _ control: IntakeControl) -> MovingTask? {
    configuration.drop.moveTarget.map {
      MovingTask(
        departures: Departures(), mover: FileMover(target: $0, places: places), places: places,
        isOnce: isOnce, logger: logger, whenFull: { control.ask { $0.rescan = true } })
    }
  }

  private func dropPlaces(_ directories: [[UInt8]], _ calls: PatientCalls) -> DropPlaces {
    DropPlaces(
      directories: directories, minimumWords: configuration.detection.minimumWords,
      limits: FileReader.Limits(configuration, isOnce: isOnce),
      looksAgain: configuration.drop.moveTarget != nil || configuration.drop.onDelete == .forget,
      ownDirectories: configuration.ownDirectories, calls: calls,
      extractors: configuration.extractors)
  }

  /// Each drop directory is looked at in its place: one that hangs is no reason not to start.
  private func checkPlaces(_ directories: [[UInt8]], _ calls: PatientCalls) throws {
    for (place, directory) in directories.enumerated() {
      let waits = !isOnce
      let answer = calls.call(place) { _ -> DaemonFailure? in
        do throws(DaemonFailure) {
          try DaemonStart.requireDirectory(directory, waits: waits)
          return nil
        } catch {
          return error
        }
      }
      if let failure = answer ?? (isOnce ? DaemonStart.silent(directory) : nil) { throw failure }
    }
    guard directories.indices.allSatisfy({ calls.hangingSince($0) == nil }) else { return }
    let trouble = try checkOtherPlaces()
    if let trouble {
      logger.warning(
        "recorded files cannot be moved as things are: they stay where they are until they can",
        metadata: [
          "neardupd.path": .string(configuration.drop.moveTo ?? ""),
          "neardupd.error": .string(trouble),
        ])
    }
  }

  /// What the other places have to do with the drop directories; answers why files cannot be moved.
  ///
  /// One of them that hangs is no reason not to start: all but the state and the log are done
  /// without.
  private func checkOtherPlaces() throws -> String? {
    let configuration = configuration
    let answer = PatientCalls().call(0) { _ -> Result<String?, DaemonFailure> in
      do throws(DaemonFailure) {
        try DaemonStart.requireSeparate(configuration)
        return .success(DaemonStart.moveTrouble(configuration))
      } catch {
        return .failure(error)
      }
    }
    if let answer { return try answer.get() }
    logger.warning("a place that the configuration names does not answer: going on without a look")
    return nil
  }

  /// Brings back what is kept in memory of the state, telling how far it got and asking systemd for
  /// patience.
  private func load(
    _ loader: CollectionLoader
  ) async throws -> (CollectionLoader.Loaded, RecordedNames) {
    let history = try StateHistory(loader.reader)
    let total = history.documentCount
    return try await withTaskExecutorPreference(BlockingExecutor(threads: 2)) {
      async let names = RecordedNames(loader.reader)
      async let loaded = loader.load(history) { [board, notifier] done in
        board.update { $0.phase = .loading(done: done, total: total) }
        _ = notifier.send([
          .status("loading index \(done)/\(total)"), .extendTimeout(.seconds(30)),
        ])
      }
      return (try await loaded, try await names)
    }
  }

  /// How much is kept, which is told where it follows from what the service may take.
  private func retentionLimits() -> RetentionLimits {
    let granted = configuration.retention.memory > 0 ? nil : ControlGroup.memoryLimit()
    let limits = RetentionLimits(configuration.retention, granted: granted)
    if let granted, let memory = limits.memory {
      logger.notice(
        "memory for documents is three quarters of what the control group grants",
        metadata: [
          "neardupd.bytes": "\(memory)", "neardupd.granted-bytes": "\(granted)",
        ])
    }
    return limits
  }

  private func intakeService(
    _ places: DropPlaces, _ files: RecordedFiles, _ pipeline: Pipeline,
    _ control: IntakeControl, _ wakeUp: consuming WakeUpPipe, _ state: StatePlace
  ) throws -> any Service {
    let settings = IntakeSettings(configuration)
    if isOnce {
      return OnceService(
        places: places, settings: settings, pipeline: pipeline, control: control, board: board,
        logger: logger, wakeUp: Handover(wakeUp))
    }
    let intake = Handover(
      Intake(
        places: places, settings: settings, wakeUp: wakeUp, pipeline: pipeline,
        control: control, recorded: files, board: board, logger: logger, progress: intaking,
        state: state))
    return IntakeService(control: control, intake: intake, didBegin: { began() })
  }

  /// The watches stand: all that READY=1 promises is there.
  private func began() {
    board.update { $0.phase = .running }
    var text = StatusText()
    let status = text.line(board.now, now: Clocks.monotonic())
    if case .failed(let errno) = notifier.ready(status: status) {
      logger.warning("systemd did not take READY=1", metadata: ["neardupd.errno": "\(errno)"])
    }
    logger.notice(
      "started",
      metadata: MessageIdentifier.started.with([
        "neardupd.version": .string(Version.current), "neardupd.status": .string(status),
      ]))
  }

  /// Services stop in the opposite order: first nothing new comes in, then what is in flight is
  /// committed, last the watchdog and the signals.
  private func run(
    _ intake: any Service, _ pipeline: PipelineService, _ measuring: MetricsService,
    _ reloader: Reloader, _ desk: ControlDesk,
    _ signals: (hangups: UnixSignalsSequence, stops: UnixSignalsSequence)
  ) async throws {
    let (stops, stop) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
    var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
      .init(
        service: SignalService(
          hangups: signals.hangups, stops: signals.stops, stop: { stop.yield() },
          reload: { await reloader.reload() }))
    ]
    if let interval = WatchdogInterval.fromEnvironment() {
      services.append(
        .init(
          service: WatchdogService(
            interval: interval, notifier: notifier, tasks: [deciding, committing, intaking])))
    }
    services.append(
      .init(
        service: StatusReporter(
          board: board, notifier: notifier, logger: logger, tellsSummaries: !isOnce)))
    services.append(.init(service: measuring))
    services.append(
      .init(service: pipeline, successTerminationBehavior: .gracefullyShutdownGroup))
    services.append(.init(service: intake, successTerminationBehavior: .ignore))
    // The group's own messages are of use to its developers only.
    var quiet = logger
    quiet.logLevel = max(.warning, logger.logLevel)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(services: services, logger: quiet))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        for await _ in stops {
          stopping()
          await group.triggerGracefulShutdown()
        }
      }
      tasks.addTask(executorPreference: BlockingExecutor()) {
        await desk.serveReloads { await reloader.reload() }
      }
      try await group.run()
      tasks.cancelAll()
    }
  }

  private func stopping() {
    board.update { $0.phase = .stopping }
    var text = StatusText()
    _ = notifier.stopping(status: text.line(board.now, now: Clocks.monotonic()))
    logger.notice("stopping")
  }
}
