// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct DaemonConfigurationConflictsTests {
  @Test func defaultsAgree() {
    #expect(DaemonConfiguration().conflicts().isEmpty)
  }

  @Test(arguments: [
    (["/a", "/a"], "/a is given twice"), (["/a", "/a/b"], "/a/b lies in /a"),
    (["/a/b", "/a"], "/a/b lies in /a"), (["/", "/a"], "/a lies in /"),
  ])
  func dropDirectoriesMayNotOverlap(directories: [String], reason: String) {
    var configuration = DaemonConfiguration()
    configuration.drop.directories = directories
    #expect(configuration.conflicts().map(\.reason).contains(reason))
    #expect(configuration.conflicts().first?.key == "drop.directories")
  }

  @Test func neighboursWithACommonPrefixDoNotOverlap() {
    var configuration = DaemonConfiguration()
    configuration.drop.directories = ["/srv/drop", "/srv/drop2", "/srv/drop-3"]
    #expect(configuration.conflicts().isEmpty)
  }

  @Test(arguments: ["state.directory", "log.path", "metrics.textfile", "drop.move-to"])
  func nothingIsWrittenIntoADropDirectory(key: String) {
    for place in ["/srv/drop", "/srv/drop/deep/x"] {
      var configuration = DaemonConfiguration()
      configuration.drop.directories = ["/other", "/srv/drop"]
      switch key {
      case "state.directory": configuration.state.directory = place
      case "log.path": configuration.log.path = place
      case "metrics.textfile": configuration.metrics.textfile = place
      default: configuration.drop.moveTo = place
      }
      #expect(configuration.conflicts().map(\.key) == [key])
    }
  }

  @Test func movingNeedsAPlace() {
    var configuration = DaemonConfiguration()
    configuration.drop.after = .moveTo
    #expect(configuration.conflicts().map(\.key) == ["drop.after"])
    configuration.drop.moveTo = "/srv/done"
    #expect(configuration.conflicts().isEmpty)
  }

  @Test func logIsNoDirectoryOfTheState() {
    var configuration = DaemonConfiguration()
    configuration.state.directory = configuration.log.path
    #expect(configuration.conflicts().map(\.key) == ["log.path"])
    configuration.state.directory = configuration.log.path + "/state"
    #expect(configuration.conflicts().map(\.key) == ["log.path"])
  }

  @Test func metricsDoNotReplaceTheLog() {
    var configuration = DaemonConfiguration()
    configuration.metrics.textfile = configuration.log.path
    #expect(configuration.conflicts().map(\.key) == ["metrics.textfile"])
  }

  @Test func largestFileFitsIntoMemory() {
    var configuration = DaemonConfiguration()
    configuration.drop.maxSize = configuration.pipeline.inFlightBytes
    #expect(configuration.conflicts().isEmpty)
    configuration.drop.maxSize += 1
    #expect(configuration.conflicts().map(\.key) == ["drop.max-size"])
  }
}
