// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Logging
internal import ServiceLifecycle

/// Runs the intake on a thread of its own until it is told to stop.
struct IntakeService: Service {
  let control: IntakeControl
  let intake: Handover<Intake>
  /// Called when the watches stand.
  let didBegin: @Sendable () -> Void

  func run() async throws {
    let executor = BlockingExecutor()
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await withTaskExecutorPreference(executor) {
        guard var intake = intake.take() else { return }
        intake.begin()
        didBegin()
        try intake.run()
      }
    } onCancelOrGracefulShutdown: {
      control.ask { $0.stop = true }
    }
  }
}
