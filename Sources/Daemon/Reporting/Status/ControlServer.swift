// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import Glibc
internal import Inotify
internal import NearDuplicates
internal import Posix

/// Answers on the daemon's socket, on a thread of its own: few at a time, none for long.
///
/// It reads what others publish and never waits for them, so that asking cannot slow the work.
struct ControlServer: ~Copyable {
  static let connectionLimit = 8
  /// How long a request may take to come in, in nanoseconds.
  static let patience: UInt64 = 5_000_000_000
  /// How long one who says nothing keeps its place when others come, in nanoseconds.
  static let courtesy: UInt64 = 500_000_000
  /// How long a reload may take, in nanoseconds.
  static let reloadPatience: UInt64 = 60_000_000_000
  /// How long a check may take, in nanoseconds; who asks looks at the state itself then.
  static let checkPatience: UInt64 = 10_000_000_000

  /// How long forgetting documents may take, which copies the state, in nanoseconds.
  static let erasurePatience: UInt64 = 3_600_000_000_000

  private let socket: ControlSocket
  private let wakeUp: WakeUpPipe
  private let desk: ControlDesk
  private var connections: [ControlConnection] = []
  private var accepted: UInt64 = 0
  /// Not before this: without descriptors, accepting again at once would only burn time.
  private var acceptAgain: UInt64 = 0

  init(_ socket: consuming ControlSocket, wakeUp: consuming WakeUpPipe, desk: ControlDesk) {
    self.socket = socket
    self.wakeUp = wakeUp
    self.desk = desk
  }

  /// Serves until the desk is closed. Call it on a thread that may block.
  mutating func run() throws {
    while !desk.isClosed {
      var readiness = Readiness()
      let now = Clocks.monotonic()
      readiness.watch(wakeUp.readDescriptor, for: .readable)
      if canAccept(now), acceptAgain <= now {
        readiness.watch(socket.number, for: .readable)
      }
      for connection in connections {
        readiness.watch(
          connection.descriptorNumber, for: connection.isReading ? .readable : [])
      }
      try readiness.wait(timeout: timeout(now))
      if !readiness.events(of: wakeUp.readDescriptor).isEmpty { wakeUp.drain() }
      deliverAnswers()
      for connection in connections {
        serve(connection, readiness.events(of: connection.descriptorNumber))
      }
      expire(Clocks.monotonic())
      if !readiness.events(of: socket.number).isEmpty { accept() }
    }
  }

  private func timeout(_ now: UInt64) -> Duration? {
    var deadlines = connections.map(\.deadline)
    if acceptAgain > now { deadlines.append(acceptAgain) }
    if connections.count >= Self.connectionLimit {
      deadlines += connections.filter(\.isReading).map(Self.idleSince).filter { $0 > now }
    }
    return deadlines.min().map { $0 <= now ? .zero : .nanoseconds(Int64($0 - now)) }
  }

  /// Whoever waits for an answer keeps its place; who has said nothing for a while gives way.
  private func canAccept(_ now: UInt64) -> Bool {
    connections.count < Self.connectionLimit || idle(now) != nil
  }

  private func idle(_ now: UInt64) -> Int? {
    connections.firstIndex { $0.isReading && Self.idleSince($0) <= now }
  }

  private static func idleSince(_ connection: ControlConnection) -> UInt64 {
    connection.deadline - patience + courtesy
  }

  private mutating func accept() {
    let now = Clocks.monotonic()
    if connections.count >= Self.connectionLimit {
      guard let idle = idle(now) else { return }
      connections.remove(at: idle)
    }
    do throws(Errno) {
      guard let descriptor = try socket.accept() else { return }
      accepted += 1
      connections.append(
        ControlConnection(descriptor, number: accepted, deadline: now + Self.patience))
    } catch {
      acceptAgain = now + 1_000_000_000
    }
  }

  private func serve(_ connection: ControlConnection, _ events: Readiness.Events) {
    guard !events.isEmpty else { return }
    guard case .reading = connection.state else {
      // Whoever hung up does not wait for the answer; what was asked for goes on.
      connection.state = .done
      return
    }
    switch connection.read() {
    case .incomplete: break
    case .gone: connection.state = .done
    case .request(let text): answer(text, connection)
    case .question(let header, let payload): answer(header, payload, connection)
    case .erasure(let payload): erase(payload, connection)
    }
  }

  private func answer(
    _ header: CheckQuestion.Header, _ payload: ArraySlice<UInt8>, _ connection: ControlConnection
  ) {
    guard header.scheme == FingerprintScheme.version,
      let question = CheckQuestion(payload: payload, published: header.published)
    else {
      return reply(
        ControlReply(error: "not a question; daemon and command are of different versions"),
        connection)
    }
    settle(desk.check(question, from: connection.number), Self.checkPatience, connection)
  }

  private func erase(_ payload: ArraySlice<UInt8>, _ connection: ControlConnection) {
    guard connection.mayChange else {
      return reply(
        ControlReply(error: "only root and the daemon's own user may have documents forgotten"),
        connection)
    }
    guard let question = ErasureQuestion(payload: payload) else {
      return reply(ControlReply(error: "not numbers of documents, a line each"), connection)
    }
    settle(desk.erase(question, from: connection.number), Self.erasurePatience, connection)
  }

  private func answer(_ text: String, _ connection: ControlConnection) {
    guard let request = ControlRequest(rawValue: text.trimmed) else {
      let known = ControlRequest.allCases.map(\.rawValue).joined(separator: ", ")
      return reply(ControlReply(error: "not a request; known are \(known)"), connection)
    }
    settle(desk.answer(request, from: connection.number), Self.reloadPatience, connection)
  }

  /// Sends the answer that is there, or lets the connection wait for it.
  private func settle(
    _ answer: ControlReply?, _ patience: UInt64, _ connection: ControlConnection
  ) {
    if let answer { return reply(answer, connection) }
    connection.state = .awaitingAnswer
    connection.deadline = Clocks.monotonic() + patience
  }

  private func deliverAnswers() {
    for (number, answer) in desk.takeAnswers() {
      guard let connection = connections.first(where: { $0.number == number }) else { continue }
      reply(answer, connection)
    }
  }

  private func reply(_ answer: ControlReply, _ connection: ControlConnection) {
    guard let line = try? ControlCoding.encode(answer) else { return connection.state = .done }
    connection.send(line + [UInt8(ascii: "\n")])
  }

  private mutating func expire(_ now: UInt64) {
    connections.removeAll { connection in
      if case .done = connection.state { return true }
      return connection.deadline <= now
    }
  }
}

extension String {
  /// Without the spaces, and the carriage return of a terminal, around it.
  fileprivate var trimmed: String {
    let isSpace: (Character) -> Bool = { $0.isWhitespace || $0.isNewline }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
