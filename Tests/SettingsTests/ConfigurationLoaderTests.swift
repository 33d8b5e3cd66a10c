// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Logging
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct ConfigurationLoaderTests {
  @Test func nothingSetGivesTheDefaults() throws {
    let loaded = try ConfigurationScene().load()
    #expect(loaded.configuration == DaemonConfiguration())
    #expect(loaded.file == nil)
    #expect(loaded.warnings.isEmpty)
    #expect(loaded.origins.isEmpty)
  }

  /// Takes the sources away one by one, from the strongest on.
  @Test(arguments: 0..<5)
  func strongestSourceWins(missing: Int) throws {
    var scene = ConfigurationScene()
    let sources: [(value: String, origin: ConfigurationOrigin)] = [
      ("/from/option", .option("--state-directory")),
      ("/from/environment", .environment("NEARDUPD_STATE_DIRECTORY")),
      ("/from/file", .file(ConfigurationLoader.defaultFile, line: 2)),
      ("/from/systemd", .systemd("STATE_DIRECTORY")), ("/var/lib/neardupd", .default),
    ]
    if missing < 1 { scene.overrides.values["state-directory"] = ["/from/option"] }
    if missing < 2 { scene.environment["NEARDUPD_STATE_DIRECTORY"] = "/from/environment" }
    if missing < 3 {
      scene.files[ConfigurationLoader.defaultFile] = "[state]\ndirectory = \"/from/file\""
    }
    if missing < 4 { scene.environment["STATE_DIRECTORY"] = "/from/systemd:/second" }
    let loaded = try scene.load()
    #expect(loaded.configuration.state.directory == sources[missing].value)
    #expect(loaded.origin(of: "state.directory") == sources[missing].origin)
  }

  @Test func everyOptionReachesItsKey() throws {
    var scene = ConfigurationScene()
    scene.overrides.values = [
      "drop-directory": ["in", "/srv/in/"], "state-directory": ["state"],
      "cluster-log": ["./clusters.jsonl"], "log-level": ["debug"],
    ]
    let loaded = try scene.load()
    #expect(loaded.configuration.drop.directories == ["/home/ed/in", "/srv/in"])
    #expect(loaded.configuration.state.directory == "/home/ed/state")
    #expect(loaded.configuration.log.path == "/home/ed/clusters.jsonl")
    #expect(loaded.configuration.log.level == .debug)
    #expect(loaded.origins.count == 4)
    #expect(loaded.origin(of: "log.path") == .option("--cluster-log"))
    #expect(
      Set(scene.overrides.values.keys) == Set(ConfigurationKey.all.compactMap(\.option)))
  }

  // drop.after cannot be changed alone; what it needs has a test of its own.
  @Test(arguments: ConfigurationKey.all.filter { $0.path != "drop.after" })
  func everyKeyCanComeFromItsVariablesAndFromTheFile(key: ConfigurationKey) throws {
    let (text, toml) = try #require(Self.other[key.path], "no sample for a new key")
    for name in key.environmentNames {
      let loaded = try ConfigurationScene(environment: [name: text]).load()
      #expect(!key.isSame(loaded.configuration, DaemonConfiguration()))
      #expect(loaded.origins == [key.path: .environment(name)])
      #expect(key.render(loaded.configuration) == toml)
    }
    let loaded = try ConfigurationScene(toml: "\n\n\(key.path) = \(toml)").load()
    #expect(loaded.origins == [key.path: .file(ConfigurationLoader.defaultFile, line: 3)])
    #expect(key.render(loaded.configuration) == toml)
  }

  @Test func movingTakesTwoKeys() throws {
    let toml = "drop = { after = \"move-to\", move-to = \"done\" }"
    let loaded = try ConfigurationScene(toml: toml).load()
    #expect(loaded.configuration.drop.after == .moveTo)
    #expect(loaded.configuration.drop.moveTo == "/home/ed/done")
    #expect(loaded.origins.count == 2)
  }

  @Test func emptyVariableCountsAsNotSet() throws {
    let scene = ConfigurationScene(environment: [
      "NEARDUPD_DROP_SETTLE": "", "NEARDUPD_CONFIG": "", "STATE_DIRECTORY": "",
    ])
    let loaded = try scene.load()
    #expect(loaded.configuration == DaemonConfiguration())
    #expect(loaded.warnings.isEmpty)
  }

  @Test func unknownVariableIsAWarning() throws {
    let scene = ConfigurationScene(environment: [
      "NEARDUPD_DROP_SETLE": "1s", "NEARDUP": "x", "OTHER": "x",
    ])
    #expect(
      try scene.load().warnings == [
        "environment NEARDUPD_DROP_SETLE: unknown variable, ignored; "
          + "did you mean NEARDUPD_DROP_SETTLE?"
      ])
  }

  @Test func keySetByTwoVariablesIsAnError() {
    let error = ConfigurationScene(environment: [
      "NEARDUPD_CLUSTER_LOG": "/a", "NEARDUPD_LOG_PATH": "/b",
    ]).failure()
    #expect(
      error?.description == "environment NEARDUPD_CLUSTER_LOG: log.path: "
        + "is set by environment NEARDUPD_LOG_PATH as well; set only one of them")
  }

  @Test(arguments: [
    ("NEARDUPD_DROP_RECURSIVE", "maybe", #"expected true or false, found "maybe""#),
    ("NEARDUPD_PIPELINE_WORKERS", "two", #"expected a whole number, found "two""#),
    ("NEARDUPD_DETECTION_THRESHOLD", "high", #"expected a number, found "high""#),
    ("NEARDUPD_DETECTION_THRESHOLD", "nan", "nan is out of range; from 0.01 to 1.0 is allowed"),
    ("NEARDUPD_DROP_SETTLE", "2", #"expected a duration such as "200ms", found "2""#),
    ("NEARDUPD_DROP_DIRECTORY", "/a::/b", "the path is empty"),
  ])
  func wrongVariableIsAnError(name: String, value: String, reason: String) {
    let error = ConfigurationScene(environment: [name: value]).failure()
    #expect(error?.origin == .environment(name))
    #expect(error?.reason == reason)
  }

  @Test func overriddenValueIsStillChecked() {
    var scene = ConfigurationScene(toml: "[drop]\nsettle = \"soon\"")
    scene.environment["NEARDUPD_DROP_SETTLE"] = "1s"
    #expect(scene.failure()?.line == 2)
  }

  @Test func runtimeDirectoryIsHandedOn() throws {
    let scene = ConfigurationScene(environment: ["RUNTIME_DIRECTORY": "/run/neardupd:/run/b"])
    #expect(try scene.load().runtimeDirectory == "/run/neardupd")
    #expect(try ConfigurationScene().load().runtimeDirectory == nil)
  }

  @Test func logGoesIntoTheLogsDirectory() throws {
    let scene = ConfigurationScene(environment: ["LOGS_DIRECTORY": "/var/log/nd"])
    let loaded = try scene.load()
    #expect(loaded.configuration.log.path == "/var/log/nd/clusters.jsonl")
    #expect(loaded.origin(of: "log.path") == .systemd("LOGS_DIRECTORY"))
  }

  @Test func anInstanceWatchesBelowItsOwnSpoolDirectory() throws {
    var scene = ConfigurationScene(environment: ["SPOOL_DIRECTORY": "/var/spool/nd-a"])
    let loaded = try scene.load()
    #expect(loaded.configuration.drop.directories == ["/var/spool/nd-a/drop"])
    #expect(loaded.origin(of: "drop.directories") == .systemd("SPOOL_DIRECTORY"))
    scene.files[ConfigurationLoader.defaultFile] = "[drop]\ndirectories = [\"/srv/a\"]"
    #expect(try scene.load().configuration.drop.directories == ["/srv/a"])
  }

  @Test func conflictNamesTheSourceOfTheValue() {
    var scene = ConfigurationScene(toml: "[log]\npath = \"/srv/drop/clusters.jsonl\"")
    scene.overrides.values["drop-directory"] = ["/srv/drop"]
    let error = scene.failure()
    #expect(error?.line == 2)
    #expect(error?.key == "log.path")
  }

  /// For each key a value that is not its default: as in the environment, and as in TOML.
  private static let other: [String: (text: String, toml: String)] = [
    "drop.directories": ("/a:/b c", #"["/a", "/b c"]"#), "drop.recursive": ("no", "false"),
    "drop.settle": ("1s", #""1s""#), "drop.include": ("*.txt,a b", #"["*.txt", "a b"]"#),
    "drop.exclude": ("*.bak", #"["*.bak"]"#), "drop.max-size": ("1MiB", #""1MiB""#),
    "drop.rescan-interval": ("0", #""0""#), "drop.on-delete": ("forget", #""forget""#),
    "drop.move-to": ("/done", #""/done""#),
    "drop.follow-links": ("true", "true"), "drop.watch": ("poll", #""poll""#),
    "drop.poll-interval": ("5s", #""5s""#), "extract.pdf": ("a -b", #""a -b""#),
    "extract.word": ("b c", #""b c""#), "extract.zipped": ("/bin/a", #""/bin/a""#),
    "extract.archive": ("b", #""b""#), "extract.compressed": ("a", #""a""#),
    "extract.others": ("*.a: b c", #"["*.a: b c"]"#),
    "extract.time": ("1s", #""1s""#),
    "extract.memory": ("1GiB", #""1GiB""#), "extract.output": ("1MiB", #""1MiB""#),
    "extract.processes": ("1", "1"), "pipeline.workers": ("3", "3"),
    "pipeline.queue": ("7", "7"), "pipeline.in-flight-bytes": ("32MiB", #""32MiB""#),
    "pipeline.batch": ("9", "9"), "detection.minimum-words": ("5", "5"),
    "detection.threshold": ("0.25", "0.25"), "detection.sample-one-in": ("16", "16"),
    "stories.enabled": ("0", "false"), "stories.window": ("3d", #""3d""#),
    "stories.clock": ("published", #""published""#),
    "retention.window": ("forever", #""forever""#), "retention.documents": ("70", "70"),
    "retention.memory": ("2GiB", #""2GiB""#),
    "log.path": ("/x/c.jsonl", #""/x/c.jsonl""#), "log.sync": ("interval", #""interval""#),
    "log.sync-interval": ("5ms", #""5ms""#), "log.level": ("warning", #""warning""#),
    "state.directory": ("/x/state", #""/x/state""#),
    "metrics.textfile": ("/x/m.prom", #""/x/m.prom""#),
    "metrics.format": ("openmetrics", #""openmetrics""#), "metrics.name": ("acme", #""acme""#),
  ]
}
