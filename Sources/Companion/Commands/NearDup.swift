// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Control
internal import Glibc
internal import Posix

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
      RedactCommand.self, RelocateCommand.self, RebuildCommand.self,
      FleetCommand.self, StatusCommand.self,
      ReloadCommand.self, RescanCommand.self, SchemaCommand.self,
    ])

  package init() {}

  /// Runs the program, whatever the file is called that it is in.
  package static func run() {
    StandardDescriptors.fillGaps()
    // Whoever started this may ignore it, which is inherited over exec: then the kernel throws the
    // exit statuses of children away, waitpid(2), and gzip's is needed.
    signal(SIGCHLD, SIG_DFL)
    main(arranged(Array(CommandLine.arguments.dropFirst())))
  }

  /// The same arguments with the options that tell whose results are looked at behind the command,
  /// which takes them: people also write them before it, as with other programs.
  static func arranged(_ arguments: [String]) -> [String] {
    let options = ["--instance", "--config", "--state-directory", "--cluster-log"]
    var leading: [String] = []
    var rest = arguments[...]
    while let first = rest.first {
      let isWhole = options.contains { first.hasPrefix("\($0)=") }
      guard isWhole || options.contains(first) else { break }
      leading += rest.prefix(isWhole ? 1 : 2)
      rest = rest.dropFirst(isWhole ? 1 : 2)
    }
    guard let command = rest.first else { return arguments }
    return [command] + leading + rest.dropFirst()
  }
}
