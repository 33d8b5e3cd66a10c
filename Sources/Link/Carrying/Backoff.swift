// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How long to wait before the next try: longer each time, up to half a minute, and never the same
/// for two links, which would all come at once to a server that is back.
package struct Backoff: Sendable {
  private static let first = Duration.milliseconds(250)
  private static let longest = Duration.seconds(30)

  private var next = first

  package init() {}

  /// - Parameter chance: from 0 to 1, which shortens it by up to a third.
  package mutating func wait(chance: Double) -> Duration {
    let wait = next
    next = min(next * 2, Self.longest)
    return wait * (1 - min(max(chance, 0), 1) / 3)
  }

  package mutating func reset() { next = Self.first }
}
