// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What of many fits into a page.
enum PageChoice {
  /// Takes the largest and the newest in turn: whoever is left out is neither.
  ///
  /// - Parameters:
  ///   - costs: how much room each takes, the largest first.
  ///   - newest: their places, the newest first.
  /// - Returns: what was chosen, with how many were larger or newer.
  static func places(
    _ costs: [Int], newest: [Int], room: Int
  ) -> [(place: Int, rank: Int)] {
    var room = room
    var chosen: Set<Int> = []
    var places: [(place: Int, rank: Int)] = []
    for (rank, pair) in zip(costs.indices, newest).enumerated() {
      for place in [pair.0, pair.1] where !chosen.contains(place) && costs[place] <= room {
        room -= costs[place]
        chosen.insert(place)
        places.append((place, rank))
      }
    }
    return places
  }
}
