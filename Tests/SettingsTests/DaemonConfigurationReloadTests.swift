// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Logging
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct DaemonConfigurationReloadTests {
  @Test func equalConfigurationsHaveNoChanges() {
    let none = ConfigurationChanges()
    #expect(DaemonConfiguration().changes(from: DaemonConfiguration()) == none)
  }

  @Test func changesArePartedByWhenTheyTakeEffect() throws {
    let old = DaemonConfiguration()
    var new = old
    new.drop.settle = .seconds(1)
    new.drop.directories = ["/srv/drop"]
    new.log.level = .debug
    new.pipeline.workers = 3
    let changes = new.changes(from: old)
    #expect(changes.applied == ["drop.settle", "log.level"])
    #expect(changes.needsRestart == ["drop.directories", "pipeline.workers"])

    let mixed = try old.reloaded(with: new)
    var expected = old
    expected.drop.settle = .seconds(1)
    expected.log.level = .debug
    #expect(mixed == expected)
    #expect(new.changes(from: mixed).needsRestart == changes.needsRestart)
    #expect(new.changes(from: mixed).applied.isEmpty)
  }

  @Test func whatRunsCanChange() {
    let live = ConfigurationKey.all.filter { $0.takesEffect == .onReload }.map(\.path)
    #expect(
      live == [
        "drop.settle", "drop.include", "drop.exclude", "drop.max-size", "drop.rescan-interval",
        "extract.pdf", "extract.word", "extract.zipped", "extract.compressed", "extract.archive",
        "extract.others",
        "extract.time", "extract.memory", "extract.output", "pipeline.in-flight-bytes",
        "log.level", "metrics.textfile", "metrics.format", "metrics.name",
      ])
  }

  @Test func contradictoryMixtureIsRefused() {
    var old = DaemonConfiguration()
    old.drop.directories = ["/srv/drop"]
    var new = DaemonConfiguration()
    new.drop.directories = ["/srv/other"]
    new.metrics.textfile = "/srv/drop/metrics.prom"
    #expect(new.conflicts().isEmpty)
    let error = #expect(throws: ConfigurationError.self) { try old.reloaded(with: new) }
    #expect(error?.key == "metrics.textfile")
  }
}
