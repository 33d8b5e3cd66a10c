// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import NearDuplicates
internal import Settings

/// What `neardup check` does: one text after the other.
package struct CheckRun {
  private var check: CollectionCheck
  private let configuration: DaemonConfiguration
  private let places: ResultPlaces
  /// Whether the state and the log are known to be of one daemon.
  private var isPair = false
  private let json: Bool
  private var outcome: CommandOutcome
  private var matches = 0
  private var troubles = 0
  /// There is nothing to check against, which is another matter than a text that is not there.
  private var failure: CommandFailure?

  package init(_ places: CompanionOptions, json: Bool) {
    let (loaded, warnings) = places.load()
    self.places = ResultPlaces(places)
    configuration = loaded.configuration
    check = CollectionCheck(loaded)
    self.json = json
    outcome = CommandOutcome(messages: warnings)
  }

  /// - Parameter names: Files; "-" for standard input.
  package mutating func run(_ names: [String]) -> CommandOutcome {
    for name in names {
      do {
        try answer(name)
      } catch let failure as CommandFailure {
        self.failure = failure
        outcome.messages.append(failure.description)
        break
      } catch {
        troubles += 1
        outcome.messages.append("\(error)")
      }
    }
    outcome.exitStatus = failure?.exitStatus ?? (troubles > 0 ? 2 : matches > 0 ? 0 : 1)
    return outcome
  }

  private mutating func answer(_ name: String) throws {
    let file = try GivenFile.read(
      name, limit: configuration.drop.maxSize, extractors: configuration.extractors)
    let finding = try finding(file)
    if finding.report?.cluster != nil { matches += 1 }
    outcome.output +=
      json
      ? String(decoding: try JSONText.line(finding), as: UTF8.self) + "\n"
      : OutputStyle.ofStandardOutput.folded(finding.description)
  }

  private mutating func finding(_ file: GivenFile) throws -> CheckFinding {
    let text: GivenText
    do throws(GivenText.Skipped) {
      text = try GivenText(
        file, sampling: SketchSampling(oneIn: configuration.detection.sampleOneIn),
        minimumWords: configuration.detection.minimumWords,
        extractors: configuration.extractors)
    } catch {
      return CheckFinding(file: file.name, skipped: error)
    }
    let (report, source): (CheckReport, CollectionCheck.Source)
    do {
      if !isPair { try PairIdentity.require(places) }
      isPair = true
      (report, source) = try check.check(text)
    } catch {
      throw CommandFailure(error)
    }
    return CheckFinding(
      file: file.name, words: text.fingerprint.words, report: report, source: source)
  }
}
