// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a host decided that the fleet has to follow: a row of `fleet_queue`.
struct FleetChange: Sendable {
  enum Kind: String, Sendable {
    /// A text founded a cluster, or came to one that few texts stand for.
    case text
    /// A cluster was folded into another one.
    case merged
    /// A document was put into another cluster.
    case moved
    /// A document was forgotten.
    case gone
    /// Documents up to one are beyond the horizon of their host.
    case expired
    /// All of the host begins anew, or has left.
    case reset
  }

  var id: Int64
  var host: Int
  var kind: Kind
  var document: UInt32
  var cluster: UInt32
  var target: UInt32
  /// Microseconds since the epoch.
  var time: Int64
  var tokens: [UInt8]

  static let columns = """
    q.id, q.host, q.change, q.document, q.cluster, q.target, \
    (extract(epoch FROM q.time) * 1000000)::bigint, q.tokens
    """

  init?(_ row: [String?]) {
    guard row.count == 8, let id = row[0].flatMap({ Int64($0) }),
      let host = row[1].flatMap({ Int($0) }), let kind = row[2].flatMap({ Kind(rawValue: $0) })
    else { return nil }
    self.id = id
    self.host = host
    self.kind = kind
    document = row[3].flatMap { UInt32($0) } ?? 0
    cluster = row[4].flatMap { UInt32($0) } ?? 0
    target = row[5].flatMap { UInt32($0) } ?? 0
    time = row[6].flatMap { Int64($0) } ?? 0
    tokens = row[7].flatMap { SQLText.bytes($0) } ?? []
  }
}
