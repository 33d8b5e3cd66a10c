// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ArgumentParser

extension ClusterSelection.Order: ExpressibleByArgument {}

extension ClusterSelection {
  /// What the options of a list say.
  init(
    since: String?, minSize: Int, sort: Order, path: String?, limit: Int
  ) throws {
    if minSize < 1 { throw ValidationError("--min-size needs a number from 1 on.") }
    if limit < 0 { throw ValidationError("--limit needs a number from 0 on.") }
    self.init()
    self.since = try since.map { try MomentText.argument($0) }
    leastSize = minSize
    order = sort
    self.limit = limit == 0 ? nil : limit
    guard let path else { return }
    guard let pattern = PathPattern(path) else {
      throw ValidationError("--path: \"\(TerminalText.safe(path))\" is not a pattern.")
    }
    self.path = pattern
  }
}
