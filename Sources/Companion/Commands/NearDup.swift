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

  /// Of a terminal that does not say how wide it is.
  private static let usualColumns = 80

  package init() {}

  /// Runs the program, whatever the file is called that it is in.
  package static func run() {
    StandardDescriptors.fillGaps()
    // Whoever started this may ignore it, which is inherited over exec: then the kernel throws the
    // exit statuses of children away, waitpid(2), and gzip's is needed.
    signal(SIGCHLD, SIG_DFL)
    do {
      var command = try parseAsRoot(arranged(Array(CommandLine.arguments.dropFirst())))
      try command.run()
    } catch {
      end(with: error)
    }
  }

  /// Ends as `exit(withError:)` does, with usage that fits where it is read.
  private static func end(with error: any Error) -> Never {
    let status = exitCode(for: error)
    let text = FoldedText.usage(
      fullMessage(for: error, columns: nil), to: StandardOutput.columns ?? usualColumns)
    if !text.isEmpty {
      if status == .success {
        try? StandardOutput.write("\(text)\n".utf8)
      } else {
        StandardOutput.tell(text, as: nil)
      }
    }
    Glibc.exit(status.rawValue)
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
