// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ArgumentParser
import ClusterLog
import Daemon

@main
struct NearDup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neardup", abstract: "Look at what neardupd found.",
    version: Version.current, subcommands: [Schema.self])
}

struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the JSON Schema of the cluster log's lines.",
    discussion: """
      EXAMPLE:
        neardup schema > cluster-log.schema.json
      """)

  func run() {
    print(ClusterLogSchema.jsonSchema)
  }
}
