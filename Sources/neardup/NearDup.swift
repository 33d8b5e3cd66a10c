// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ArgumentParser
import Companion
import Daemon

@main
struct NearDup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neardup", abstract: "Look at what neardupd found, and at how it does.",
    version: Version.current,
    subcommands: [
      ClustersCommand.self, ClusterCommand.self, StoryCommand.self, ExplainCommand.self,
      CompareCommand.self, CheckCommand.self, TailCommand.self, ExportCommand.self,
      VerifyCommand.self, StatusCommand.self, ReloadCommand.self, RescanCommand.self,
      SchemaCommand.self,
    ])
}
