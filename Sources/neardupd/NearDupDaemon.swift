// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ArgumentParser
import Daemon

@main
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
