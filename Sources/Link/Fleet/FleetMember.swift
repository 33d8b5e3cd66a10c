// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// A cluster of a host.
struct HostCluster: Hashable, Sendable {
  var host: Int
  var cluster: UInt32
}

/// A text that stands for a cluster of a host: a row of `fleet_members`.
struct FleetMember: Sendable, Equatable {
  /// Its number in the fleet.
  var text: UInt32
  var host: Int
  var document: UInt32
  var cluster: UInt32
  var fleetCluster: UInt32
  /// Whether it stays where it is whatever comes.
  var isHeld: Bool
  var isRoundUp: Bool
  /// The fleet story of its fleet cluster when it was read; 0 for none.
  var story: UInt32 = 0

  var home: HostCluster { HostCluster(host: host, cluster: cluster) }

  static let columns = """
    m.text, m.host, m.document, m.cluster, m.fleet_cluster, m.is_held, m.is_round_up, \
    coalesce((SELECT c.story FROM neardup.fleet_clusters c \
    WHERE c.fleet_cluster = m.fleet_cluster), 0)
    """

  init(
    text: UInt32, host: Int, document: UInt32, cluster: UInt32, fleetCluster: UInt32,
    isHeld: Bool, isRoundUp: Bool
  ) {
    self.text = text
    self.host = host
    self.document = document
    self.cluster = cluster
    self.fleetCluster = fleetCluster
    self.isHeld = isHeld
    self.isRoundUp = isRoundUp
  }

  init?(_ row: [String?]) {
    guard row.count >= 8, let text = row[0].flatMap({ UInt32($0) }),
      let host = row[1].flatMap({ Int($0) }), let document = row[2].flatMap({ UInt32($0) }),
      let cluster = row[3].flatMap({ UInt32($0) }), let fleet = row[4].flatMap({ UInt32($0) })
    else { return nil }
    self.init(
      text: text, host: host, document: document, cluster: cluster, fleetCluster: fleet,
      isHeld: row[5] == "t", isRoundUp: row[6] == "t")
    story = row[7].flatMap { UInt32($0) } ?? 0
  }
}
