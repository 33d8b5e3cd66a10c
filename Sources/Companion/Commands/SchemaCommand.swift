// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import ClusterLog

/// `neardup schema`
package struct SchemaCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of the cluster log's lines.",
    discussion: """
      EXAMPLE:
        neardup schema > cluster-log.schema.json
      """)

  package init() {}

  package func run() throws {
    try CommandOutcome(output: ClusterLogSchema.jsonSchema + "\n").finish()
  }
}
