// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Inotify
import NearDuplicates
import Systemd
import TestSupport

@testable import Daemon
@testable import Control
@testable import Posix
@testable import Settings

/// A control server on a real socket in a directory of its own, and clients without manners.
final class ControlScene: Sendable {
  let directory: TemporaryDirectory
  let desk: ControlDesk
  let board = StatusBoard()
  let path: String
  let checks: CheckRequests
  /// Something for each check that came in.
  let checked: AsyncStream<Void>
  private let serving: Task<Void, any Error>
  private let reloading: Task<Void, Never>

  init(reload: @escaping @Sendable () async -> ReloadReport = { ReloadReport() }) throws {
    directory = try TemporaryDirectory()
    path = directory.path("status.sock")
    let (checked, came) = AsyncStream<Void>.makeStream()
    self.checked = checked
    checks = CheckRequests(sampling: SketchSampling(), hasStories: false) { came.yield() }
    let wakeUp = try WakeUpPipe()
    let loaded = try ConfigurationLoader(
      environment: [:], workingDirectory: "/", readFile: { _ in nil }
    ).load()
    let desk = ControlDesk(
      composer: StatusComposer(
        board: board, metrics: DaemonMetrics(), inForce: ConfigurationInForce(loaded),
        problems: RecentProblem(), started: Clocks.monotonic(), load: PipelineLoad()),
      directories: 1, wakeUp: wakeUp.wakeUp)
    let server = Handover(
      ControlServer(
        try ControlSocket(path: path, link: directory.path("link.sock")), wakeUp: wakeUp,
        desk: desk))
    self.desk = desk
    // Not on the pool, which tests that block may keep from this for as long as they like.
    serving = Task(executorPreference: BlockingExecutor()) {
      guard var server = server.take() else { return }
      try server.run()
    }
    reloading = Task(executorPreference: BlockingExecutor()) {
      await desk.serveReloads(reload)
    }
  }

  /// As if the daemon stood, with nothing to scan.
  func open() { desk.open(nil, checks, ErasureRequests(wake: {})) }

  func stop() async throws {
    desk.close()
    try await serving.value
    await reloading.value
  }

  func connect() throws -> Client { try Client(path) }

  final class Client: Sendable {
    let number: Int32

    init(_ path: String) throws {
      number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      guard case .address(let address) = UnixSocketAddress.of(Array(path.utf8)),
        address.connect(number) == 0
      else { throw SystemCallFailure("connect", path) }
    }

    deinit { close(number) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) { _ = Glibc.send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }

    /// All until the server closes, or nil when it does not within the time.
    ///
    /// On a thread of its own: the server's tasks need those of the pool.
    func receive(within seconds: Double = 10) async -> String? {
      await withTaskExecutorPreference(Self.executor) { receiveBlocking(seconds) }
    }

    private static let executor = BlockingExecutor(threads: 16)

    private func receiveBlocking(_ seconds: Double) -> String? {
      let deadline = MonotonicDeadline(seconds: seconds)
      var all: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        var waiting = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        if poll(&waiting, 1, deadline.pollTimeout()) == 0 { return nil }
        let count = recv(number, &buffer, buffer.count, 0)
        if count <= 0 { return String(decoding: all, as: UTF8.self) }
        all += buffer[..<count]
      }
    }

    func ask(_ text: String) async throws -> ControlReply {
      send(text)
      return try await answer()
    }

    func answer() async throws -> ControlReply {
      try ControlCoding.decode(Array((await receive() ?? "").utf8))
    }
  }
}
