// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import CPostgreSQL
internal import Inotify

/// A connection to PostgreSQL for one task, which it blocks; closed when it goes.
///
/// libpq is used without blocking and every wait has an end: a server that is cut off must not hold
/// the link, nor keep it from being stopped. After an error in the middle of an answer the
/// connection is of no use any more; whoever meets one makes another.
package final class PostgresConnection {
  /// The rows of an answer, and how many a statement changed.
  package struct Answer: Sendable, Equatable {
    package var rows: [[String?]] = []
    package var changed = 0

    /// The first field of the first row.
    package var value: String? { rows.first?.first ?? nil }
  }

  private let connection: OpaquePointer
  private let patience: Patience
  /// How long an answer is waited for where nothing else is asked for.
  private let answerTime: Duration

  /// Connects, and sets up the session.
  package init(_ settings: ConnectionSettings, _ patience: Patience) throws(PostgresError) {
    let parameters = settings.parameters.sorted { $0.key < $1.key }
    let made = Self.withCStrings(parameters.map(\.key)) { names in
      Self.withCStrings(parameters.map(\.value)) { values in
        PQconnectStartParams(names, values, 0)
      }
    }
    guard let made else { throw PostgresError(.unavailable, "libpq has no memory left") }
    connection = made
    self.patience = patience
    answerTime = settings.statementTimeout + .seconds(15)
    // From here on all is set, so that `deinit` closes what an error leaves.
    try finishConnecting(within: settings.connectTimeout)
    guard PQsetnonblocking(connection, 1) == 0 else { throw failure() }
    PQsetNoticeProcessor(connection, { _, _ in }, nil)
    try prepareSession(settings)
  }

  deinit { PQfinish(connection) }

  /// The server's version: 150018 for 15.18.
  package var serverVersion: Int { Int(PQserverVersion(connection)) }

  private func finishConnecting(within time: Duration) throws(PostgresError) {
    guard PQstatus(connection) != CONNECTION_BAD else { throw failure() }
    let deadline = ContinuousClock.now + time
    var state = PGRES_POLLING_WRITING
    while state != PGRES_POLLING_OK {
      guard state != PGRES_POLLING_FAILED else { throw failure() }
      let events: Readiness.Events = state == PGRES_POLLING_READING ? .readable : .writable
      // Another address has another socket.
      guard try patience.wait(for: PQsocket(connection), events, until: deadline) else {
        throw PostgresError(.late, "no connection within \(time)")
      }
      state = PQconnectPoll(connection)
    }
  }

  private func prepareSession(_ settings: ConnectionSettings) throws(PostgresError) {
    let milliseconds = settings.statementTimeout.components.seconds
    var statements = [
      "SET search_path = pg_catalog", "SET timezone = 'UTC'",
      "SET statement_timeout = '\(milliseconds)s'",
      "SET lock_timeout = '\(milliseconds)s'",
      "SET idle_in_transaction_session_timeout = '\(milliseconds)s'",
      // The server lets go of a link that has gone, and of its lock, as soon as it can know.
      "SET tcp_keepalives_idle = 15", "SET tcp_keepalives_interval = 5",
      "SET tcp_keepalives_count = 3",
    ]
    if serverVersion >= 140_000 {
      statements.append("SET client_connection_check_interval = '2s'")
    }
    try run(statements.joined(separator: "; "))
  }

  // MARK: Statements

  /// Runs statements without parameters.
  @discardableResult
  package func run(
    _ statements: String, within time: Duration? = nil
  ) throws(PostgresError) -> Answer {
    try send { PQsendQuery(connection, statements) }
    return try answer(within: time)
  }

  /// Runs one statement with parameters, $1 and so on, as text.
  @discardableResult
  package func run(
    _ statement: String, _ parameters: [String?], within time: Duration? = nil
  ) throws(PostgresError) -> Answer {
    try send {
      Self.withCStrings(parameters) { values in
        PQsendQueryParams(
          connection, statement, Int32(clamping: parameters.count), nil, values, nil, nil, 0)
      }
    }
    return try answer(within: time)
  }

  /// Brings rows in by COPY … FROM STDIN.
  ///
  /// - Parameter rows: in COPY's text format, see ``CopyText``.
  package func copy(_ statement: String, _ rows: [UInt8]) throws(PostgresError) {
    try send { PQsendQuery(connection, statement) }
    let deadline = ContinuousClock.now + answerTime
    guard let result = try nextResult(by: deadline) else { throw failure() }
    let status = PQresultStatus(result)
    if status != PGRES_COPY_IN {
      let error = Self.failure(of: result)
      PQclear(result)
      try drain(by: deadline)
      throw error
    }
    PQclear(result)
    var place = 0
    // So much at a time, so that what waits to be sent stays small.
    let block = 1 << 16
    while place < rows.count {
      let count = min(block, rows.count - place)
      let sent = rows.withUnsafeBytes { buffer in
        buffer.baseAddress.map {
          PQputCopyData(
            connection, ($0 + place).assumingMemoryBound(to: CChar.self), Int32(clamping: count))
        } ?? -1
      }
      guard sent >= 0 else { throw failure() }
      if sent == 1 { place += count }
      try flush(by: deadline)
    }
    while true {
      let ended = PQputCopyEnd(connection, nil)
      guard ended >= 0 else { throw failure() }
      if ended == 1 { break }
      try flush(by: deadline)
    }
    try flush(by: deadline)
    _ = try answer(by: deadline)
  }

  // MARK: Notifications

  /// Waits until somebody notifies of what this session listens to.
  ///
  /// - Returns: False when the time is up.
  package func waitForNotification(_ time: Duration) throws(PostgresError) -> Bool {
    let deadline = ContinuousClock.now + time
    while true {
      var isNotified = false
      while let notification = PQnotifies(connection) {
        PQfreemem(notification)
        isNotified = true
      }
      if isNotified { return true }
      guard try patience.wait(for: PQsocket(connection), .readable, until: deadline) else {
        return false
      }
      guard PQconsumeInput(connection) == 1 else { throw failure() }
    }
  }

  // MARK: Answers

  private func send(_ call: () -> Int32) throws(PostgresError) {
    guard call() == 1 else { throw failure() }
  }

  private func answer(within time: Duration?) throws(PostgresError) -> Answer {
    let deadline = ContinuousClock.now + (time ?? answerTime)
    try flush(by: deadline)
    return try answer(by: deadline)
  }

  /// The last answer of what was sent; the first error where there is one.
  private func answer(by deadline: ContinuousClock.Instant) throws(PostgresError) -> Answer {
    var answer = Answer()
    var error: PostgresError?
    while let result = try nextResult(by: deadline) {
      defer { PQclear(result) }
      switch PQresultStatus(result) {
      case PGRES_COMMAND_OK, PGRES_TUPLES_OK: answer = Self.answer(of: result)
      default: error = error ?? Self.failure(of: result)
      }
    }
    if let error { throw error }
    return answer
  }

  private func drain(by deadline: ContinuousClock.Instant) throws(PostgresError) {
    while let result = try nextResult(by: deadline) { PQclear(result) }
  }

  private func nextResult(
    by deadline: ContinuousClock.Instant
  ) throws(PostgresError) -> OpaquePointer? {
    while PQisBusy(connection) == 1 {
      guard try patience.wait(for: PQsocket(connection), .readable, until: deadline) else {
        throw PostgresError(.late, "no answer to a statement in time")
      }
      guard PQconsumeInput(connection) == 1 else { throw failure() }
    }
    return PQgetResult(connection)
  }

  private func flush(by deadline: ContinuousClock.Instant) throws(PostgresError) {
    while true {
      let left = PQflush(connection)
      if left == 0 { return }
      guard left == 1 else { throw failure() }
      let socket = PQsocket(connection)
      guard try patience.wait(for: socket, [.readable, .writable], until: deadline) else {
        throw PostgresError(.late, "what was sent was not taken in time")
      }
      // A server that has something to say may be waiting for that to be read.
      guard PQconsumeInput(connection) == 1 else { throw failure() }
    }
  }

  private static func answer(of result: OpaquePointer) -> Answer {
    var answer = Answer()
    answer.changed = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    let columns = PQnfields(result)
    for row in 0..<PQntuples(result) {
      answer.rows.append(
        (0..<columns).map { column in
          PQgetisnull(result, row, column) == 1
            ? nil : PQgetvalue(result, row, column).map { String(cString: $0) }
        })
    }
    return answer
  }

  private static func failure(of result: OpaquePointer) -> PostgresError {
    let message = PQresultErrorMessage(result).map { String(cString: $0) } ?? ""
    // PG_DIAG_SQLSTATE, a character constant that Swift does not import.
    let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) }
    guard let state else { return PostgresError(.unavailable, message) }
    return PostgresError(state: state, message: message)
  }

  /// What libpq says of the connection.
  private func failure() -> PostgresError {
    let message = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
    return Self.failure(ofConnection: message)
  }

  /// libpq gives no SQLSTATE for a connection that was not made.
  static func failure(ofConnection message: String) -> PostgresError {
    if message.contains("read-only") || message.contains("hot standby") {
      return PostgresError(.readOnly, message)
    }
    let denials = [
      "authentication failed", "no password supplied", "does not exist", "certificate",
    ]
    let isDenied = denials.contains { message.contains($0) }
    return PostgresError(isDenied ? .denied : .unavailable, message)
  }

  /// Lends texts as C strings; nil stays a null pointer, and one more stands at the end.
  private static func withCStrings<Result>(
    _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    var bytes: [CChar] = []
    var offsets: [Int?] = []
    for text in texts {
      offsets.append(text == nil ? nil : bytes.count)
      // A NUL would end the text early; PostgreSQL has none in texts.
      if let text { bytes += text.utf8.filter { $0 != 0 }.map { CChar(bitPattern: $0) } + [0] }
    }
    bytes.append(0)
    return bytes.withUnsafeBufferPointer { buffer in
      let pointers = offsets.map { offset in
        offset.flatMap { place in buffer.baseAddress.map { UnsafePointer($0 + place) } }
      }
      return withExtendedLifetime(buffer) {
        let list = pointers + [nil]
        return list.withUnsafeBufferPointer { entries in
          entries.baseAddress.map(body) ?? withUnsafePointer(to: nil, body)
        }
      }
    }
  }
}
