// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct ConfigurationKeyTests {
  @Test func pathsAndVariablesAreUnique() {
    let paths = ConfigurationKey.all.map(\.path)
    #expect(Set(paths).count == paths.count)
    let names = ConfigurationKey.all.flatMap(\.environmentNames) + ["NEARDUPD_CONFIG"]
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: ConfigurationKey.all)
  func summaryIsOneSentence(key: ConfigurationKey) {
    #expect(key.summary.hasSuffix("."))
    #expect(key.summary.utf8.count <= 100)
  }

  @Test(arguments: ConfigurationKey.all)
  func defaultIsAllowedAndReadsBackAsItself(key: ConfigurationKey) throws {
    let document = try TOMLDocument(Array("\(key.path) = \(key.defaultText)".utf8), name: "t")
    let found = try TOMLProvider(document: document).value(forKey: key.absolute, type: key.type)
    let content = try #require(found.value?.content)
    var configuration = DaemonConfiguration()
    try key.assign(content, "/", &configuration)
    #expect(configuration == DaemonConfiguration())
  }

  @Test(arguments: [
    ("drop.max-size", ["NEARDUPD_DROP_MAX_SIZE"]),
    ("drop.directories", ["NEARDUPD_DROP_DIRECTORIES", "NEARDUPD_DROP_DIRECTORY"]),
    ("log.path", ["NEARDUPD_LOG_PATH", "NEARDUPD_CLUSTER_LOG"]),
    ("log.level", ["NEARDUPD_LOG_LEVEL"]),
    ("state.directory", ["NEARDUPD_STATE_DIRECTORY"]),
    ("detection.sample-one-in", ["NEARDUPD_DETECTION_SAMPLE_ONE_IN"]),
  ])
  func variablesAreNamedAfterKeyAndOption(path: String, names: [String]) throws {
    let key = try #require(ConfigurationKey.all.first { $0.path == path })
    #expect(key.environmentNames == names)
  }

  @Test(arguments: [
    ("drop.settel", "did you mean drop.settle?"),
    ("drop.max_size", "did you mean drop.max-size?"),
    ("dorp.settle", "did you mean drop.settle?"),
    ("pipeline.settle", "did you mean drop.settle?"),
    ("settle", "did you mean drop.settle?"),
    ("detection.treshold", "did you mean detection.threshold?"),
    ("dorp", "did you mean [drop]?"),
    ("storys", "did you mean [stories]?"),
    ("x", "the nearest known key is log.path"),
    ("frobnicate.the.widget", "the nearest known key is "),
    ("", "the nearest known key is log.path"),
  ])
  func unknownKeyGetsTheNearest(path: String, advice: String) {
    #expect(ConfigurationKey.advice(forUnknown: path).hasPrefix(advice))
  }
}

extension ConfigurationKey: CustomTestStringConvertible {
  /// The key's path, so that a failing case can be told from the others.
  public var testDescription: String { path }
}
