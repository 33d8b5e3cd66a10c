// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ArgumentParser
import Companion
internal import Control
import Daemon
internal import Posix
internal import Settings

struct NearDupDaemon: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neardupd", abstract: DaemonOptions.abstract,
    discussion: DaemonOptions.discussion, version: Version.current)

  @OptionGroup var options: DaemonOptions

  func run() async throws {
    let status = await DaemonRun.run(options)
    if status != .success { throw ExitCode(status.rawValue) }
  }
}

/// Both programs are nearly all runtime: a package has one file of them and a link to it.
@main
enum Program {
  static func main() async {
    StandardDescriptors.fillGaps()
    let name = CommandLine.arguments.first?.split(separator: "/").last
    // Swift reads them from /proc; without it they would silently be taken for none.
    guard name != nil else { DaemonRun.endWithoutArguments() }
    if name == "neardup" { return NearDup.run() }
    Provisions.require()
    await withTaskExecutorPreference(BlockingExecutor(threads: 2)) { await NearDupDaemon.main() }
  }
}
