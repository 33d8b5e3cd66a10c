// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct LoadedConfigurationDescriptionTests {
  @Test func showsEachValueWithItsOrigin() throws {
    var scene = ConfigurationScene(toml: "[drop]\nsettle = \"1s\"")
    scene.overrides.values["log-level"] = ["debug"]
    scene.environment = ["NEARDUPD_DROP_MAX_SIZE": "1MB", "STATE_DIRECTORY": "/var/lib/nd"]
    let lines = try scene.load().describe().split(separator: "\n").map(String.init)
    #expect(lines[0] == "# neardupd configuration, read from /etc/neardupd/neardupd.toml")
    #expect(lines.count == ConfigurationKey.all.count + 1)
    let expected = [
      (#"drop.settle = "1s" "#, "   # /etc/neardupd/neardupd.toml:2"),
      (#"drop.max-size = "1MB" "#, "   # environment NEARDUPD_DROP_MAX_SIZE"),
      (#"log.level = "debug" "#, "   # option --log-level"),
      (#"state.directory = "/var/lib/nd" "#, "   # systemd STATE_DIRECTORY"),
      (#"metrics.textfile = "" "#, "   # default"),
    ]
    for (start, end) in expected {
      #expect(lines.contains { $0.hasPrefix(start) && $0.hasSuffix(end) }, "\(start)")
    }
  }

  @Test func originsAreAligned() throws {
    let lines = try ConfigurationScene().load().describe().split(separator: "\n").dropFirst()
    let columns = lines.filter { $0.count < 80 }.map { $0.distance(to: "   # default") }
    #expect(columns.count > 20)
    #expect(Set(columns).count == 1)
  }

  @Test func loadsBackAsTheSameConfiguration() throws {
    let toml = """
      [drop]
      directories = ["/srv/a \\"b\\"", "/srv/\\u0001#", "/srv/é"]
      include = ["*.txt", "a\\\\*"]
      settle = "1500us"
      after = "move-to"
      move-to = "/done"
      [metrics]
      textfile = "/m"
      """
    let first = try ConfigurationScene(toml: toml).load()
    let second = try ConfigurationScene(toml: first.describe()).load()
    #expect(second.configuration == first.configuration)
    #expect(second.origins.count == ConfigurationKey.all.count)
  }

  @Test func fileNameCannotBreakOutOfItsComment() throws {
    var scene = ConfigurationScene()
    scene.overrides.file = "/a\nb.toml"
    scene.files["/a\nb.toml"] = "[drop]\nsettle = \"1s\""
    let text = try scene.load().describe()
    #expect(text.contains(#"# "/a\nb.toml:2""#))
    #expect(text.split(separator: "\n").allSatisfy { $0.contains(" = ") || $0.hasPrefix("#") })
  }

  @Test func warningsComeLast() throws {
    let scene = ConfigurationScene(environment: ["NEARDUPD_X": "1"])
    let last = try scene.load().describe().split(separator: "\n").last
    #expect(last?.hasPrefix("# warning: environment NEARDUPD_X: unknown variable") == true)
  }
}

extension Substring {
  /// How many characters come before a text that ends the line; nil when it does not.
  fileprivate func distance(to end: String) -> Int? {
    hasSuffix(end) ? count - end.count : nil
  }
}
