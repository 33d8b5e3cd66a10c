// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Daemon

/// The command `neardup` with all that it can do.
package struct NearDup: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "neardup", abstract: "Look at what neardupd found, and at how it does.",
    version: Version.current,
    subcommands: [
      ClustersCommand.self, ClusterCommand.self, StoryCommand.self, ExplainCommand.self,
      CompareCommand.self, CheckCommand.self, TailCommand.self, ReportCommand.self,
      ExportCommand.self, VerifyCommand.self, ThresholdCommand.self, StatusCommand.self,
      ReloadCommand.self, RescanCommand.self, SchemaCommand.self,
    ])

  package init() {}
}
