// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser

/// Which clusters or stories a list has, and in which order.
package struct SelectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only those that got a document since then.",
      discussion: "How long ago (\"90min\", \"1d 12h\"), or a date and time in UTC.",
      valueName: "time"))
  package var since: String?

  @Option(help: ArgumentHelp("Only those of at least this many documents.", valueName: "count"))
  package var minSize = 2

  @Option(help: ArgumentHelp("The largest or the most recent first.", valueName: "size|recent"))
  package var sort = ClusterSelection.Order.size

  @Option(
    help: ArgumentHelp(
      "Only those with a document at such a path.",
      discussion: "Without a slash it is for the file's name, with one for the path in the drop "
        + "directory, where ** stands for any number of directories.",
      valueName: "glob"))
  package var path: String?

  @Option(help: ArgumentHelp("List at most this many; 0 for all.", valueName: "count"))
  package var limit = 20

  package init() {}

  package func validate() throws { _ = try selection() }

  func selection() throws -> ClusterSelection {
    try ClusterSelection(since: since, minSize: minSize, sort: sort, path: path, limit: limit)
  }
}
