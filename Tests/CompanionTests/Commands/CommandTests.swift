// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ArgumentParser
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct CommandTests {
  /// All but those that look at no state.
  private static let commands = NearDup.configuration.subcommands.filter {
    $0 != SchemaCommand.self && $0 != FleetCommand.self
  }

  @Test("help has examples and exit statuses")
  func help() {
    #expect(Self.commands.count == 19)
    for command in Self.commands {
      let help = command.helpMessage(columns: 100)
      #expect(help.contains("EXAMPLE"), "\(command)")
      #expect(help.contains("EXIT STATUS"), "\(command)")
      #expect(help.contains("--state-directory"), "\(command)")
    }
    let fleet = FleetCommand.helpMessage(columns: 100)
    #expect(fleet.contains("EXAMPLE"))
    #expect(fleet.contains("EXIT STATUS"))
  }

  @Test(
    "what cannot be meant is refused as wrong usage",
    arguments: [
      (ClustersCommand.self, ["--since", "soon"]), (ClustersCommand.self, ["--min-size", "0"]),
      (ClustersCommand.self, ["--limit", "-1"]), (ClustersCommand.self, ["--path", "[x"]),
      (ClustersCommand.self, ["--sort", "age"]), (ClusterCommand.self, ["s1"]),
      (ClusterCommand.self, []), (StoryCommand.self, ["c1"]), (TailCommand.self, ["-n", "-1"]),
      (TailCommand.self, ["--from-seq", "0"]), (TailCommand.self, ["--from-seq", "3", "-n", "1"]),
      (StoriesCommand.self, ["--limit", "-1"]), (StoriesCommand.self, ["--instance", "../x"]),
      (StatusCommand.self, ["--instance", "a", "--config", "b"]),
      (TailCommand.self, ["--cluster", "x"]), (TailCommand.self, ["--relation", "far"]),
      (ExportCommand.self, ["--format", "xml"]), (ExplainCommand.self, []),
      (VerifyCommand.self, ["--sample", "9"]), (VerifyCommand.self, ["--drift", "--sample", "0"]),
      (VerifyCommand.self, ["--drift", "--log-only"]), (VerifyCommand.self, ["--drift", "x.gz"]),
    ] as [(any ParsableCommand.Type, [String])])
  func usage(_ command: any ParsableCommand.Type, _ arguments: [String]) {
    let error = #expect(throws: (any Error).self) { _ = try command.parseAsRoot(arguments) }
    #expect(error.map { command.exitCode(for: $0) } == .validationFailure)
  }

  @Test("places are taken before the command and behind it")
  func arranged() throws {
    #expect(
      NearDup.arranged(["--instance", "acme", "--config=x", "story", "s1", "--json"])
        == ["story", "--instance", "acme", "--config=x", "s1", "--json"])
    for same in [[], ["--help"], ["clusters", "--instance", "acme"], ["--instance", "acme"]] {
      #expect(NearDup.arranged(same) == same)
    }
  }

  @Test("help is wrapped once: no line of a paragraph ends early", arguments: [80, 100])
  func wrapping(_ columns: Int) {
    for command in Self.commands {
      let lines = command.helpMessage(columns: columns).split(
        separator: "\n", omittingEmptySubsequences: false
      ).prefix { $0 != "EXAMPLES:" && $0 != "EXAMPLE:" }
      for (line, next) in zip(lines, lines.dropFirst()) {
        #expect(line.count <= columns, "\(command)")
        guard !next.isEmpty, next.first != " ", let word = next.split(separator: " ").first else {
          continue
        }
        #expect(line.count + 1 + word.count >= columns || line.isEmpty, "\(command): \(line)")
      }
    }
  }
}
