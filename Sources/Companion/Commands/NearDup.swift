// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Daemon
internal import Glibc

/// The command `neardup` with all that it can do.
package struct NearDup: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "neardup", abstract: "Look at what neardupd found, and at how it does.",
    version: Version.current,
    subcommands: [
      ClustersCommand.self, ClusterCommand.self, StoriesCommand.self, StoryCommand.self,
      ExplainCommand.self, CompareCommand.self, CheckCommand.self, TailCommand.self,
      ReportCommand.self,
      ExportCommand.self, VerifyCommand.self, ThresholdCommand.self, ForgetCommand.self,
      RedactCommand.self,
      StatusCommand.self,
      ReloadCommand.self, RescanCommand.self, SchemaCommand.self,
    ])

  package init() {}

  /// Runs the program, whatever the file is called that it is in.
  package static func run() {
    // Whoever started this may ignore it, which is inherited over exec: then the kernel throws the
    // exit statuses of children away, waitpid(2), and gzip's is needed.
    signal(SIGCHLD, SIG_DFL)
    main()
  }
}
