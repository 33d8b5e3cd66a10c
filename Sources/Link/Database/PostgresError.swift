// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Why the database did not do what was asked: what it said, and which kind of trouble it is.
package struct PostgresError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds, for those who must act on them.
  package enum Kind: Sendable, Equatable {
    /// Nobody answers, or what answered has gone: it is down, cut off, restarted, or full of
    /// connections.
    case unavailable
    /// It did not answer within the time that it was given.
    case late
    /// It takes no changes: a standby, or set to read only.
    case readOnly
    /// No room on its disk or in its memory.
    case full
    /// Who the link connects as may not do this, or may not connect.
    case denied
    /// It refused a statement for another reason.
    case refused
    /// The link was told to stop while it waited.
    case stopped
  }

  package let kind: Kind
  /// SQLSTATE, five characters (PostgreSQL, appendix A); nil for what the server did not say.
  package let state: String?
  /// One line.
  package let description: String

  package init(_ kind: Kind, state: String? = nil, _ description: String) {
    self.kind = kind
    self.state = state
    self.description = Self.oneLine(description)
  }

  /// What a server said of a statement.
  package init(state: String, message: String) {
    self.init(Self.kind(of: state), state: state, message)
  }

  package static let stopped = PostgresError(.stopped, "told to stop")

  /// What a SQLSTATE means for who waits and tries again.
  package static func kind(of state: String) -> Kind {
    switch state {
    // query_canceled, lock_not_available and the timeouts of sessions.
    case "57014", "55P03", "25P02", "25P03", "25P04": return .late
    // read_only_sql_transaction
    case "25006": return .readOnly
    case "42501": return .denied
    default: break
    }
    switch state.prefix(2) {
    // Connections, and operators who stop or start the server.
    case "08", "57": return .unavailable
    case "28": return .denied
    // too_many_connections is of the same class as a full disk, and passes by itself.
    case "53": return state == "53300" ? .unavailable : .full
    default: return .refused
    }
  }

  /// Whether trying again may help without anybody changing what the link is told.
  package var mayPass: Bool { kind != .stopped }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { $0.trimmed }.filter { !$0.isEmpty }
      .joined(separator: "; ")
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var rest = drop { $0 == " " || $0 == "\t" }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return rest
  }
}
