// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import Glibc
internal import Inotify
internal import Logging
internal import Posix
internal import Settings

extension DaemonAssembly {
  /// Runs `body` while the socket answers and progress is shown: from before the index is loaded
  /// to after the last commit.
  func reporting(_ body: (ControlDesk) async throws -> Void) async throws {
    let wakeUp = try WakeUpPipe()
    let desk = ControlDesk(
      composer: StatusComposer(
        board: board, metrics: metrics, inForce: inForce, problems: problems,
        started: Clocks.monotonic(), load: load),
      directories: configuration.drop.directories.count, wakeUp: wakeUp.wakeUp)
    let server = controlServer(desk, wakeUp)
    let progress = ProgressReporter(display: display, isOnce: isOnce, board: board)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      defer { desk.close() }
      if let server {
        tasks.addTask(executorPreference: BlockingExecutor()) {
          guard var server = server.take() else { return }
          do { try server.run() } catch { tell(error) }
        }
      }
      tasks.addTask { await progress.run() }
      try await body(desk)
      desk.close()
      tasks.cancelAll()
    }
  }

  /// Without its socket the daemon does its work all the same.
  private func controlServer(
    _ desk: ControlDesk, _ wakeUp: consuming WakeUpPipe
  ) -> Handover<ControlServer>? {
    do throws(Errno) {
      let socket = try ControlSocket(
        path: ControlPlace.socket(loaded), link: ControlPlace.link(loaded))
      return Handover(ControlServer(socket, wakeUp: wakeUp, desk: desk))
    } catch {
      logger.warning(
        "cannot listen for neardup status: it will say that no daemon runs",
        metadata: [
          "neardupd.path": .string(ControlPlace.socket(loaded)),
          "neardupd.error": .string(error.text),
        ])
      return nil
    }
  }

  private func tell(_ error: any Error) {
    logger.warning(
      "neardup status is no longer answered", metadata: ["neardupd.error": .string("\(error)")])
  }
}
