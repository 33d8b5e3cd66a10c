// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Inotify
internal import Logging
internal import ServiceLifecycle

/// Runs the intake on a thread of its own until it is told to stop.
struct IntakeService: Service {
  let control: IntakeControl
  /// Makes the intake on the task that is to own it, its watches standing.
  let makeIntake: @Sendable () throws -> Intake
  /// Called when the watches stand.
  let didBegin: @Sendable () -> Void

  func run() async throws {
    let executor = BlockingExecutor(label: "neardupd.intake")
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await withTaskExecutorPreference(executor) {
        try Self.watch(makeIntake, didBegin)
      }
    } onCancelOrGracefulShutdown: {
      control.ask { $0.stop = true }
    }
  }

  private static func watch(
    _ makeIntake: () throws -> Intake, _ didBegin: () -> Void
  ) throws {
    var intake = try makeIntake()
    intake.begin()
    didBegin()
    try intake.run()
  }
}
