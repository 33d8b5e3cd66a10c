// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates
internal import Settings

/// What `neardup compare` does.
package struct ComparisonCommand: Sendable {
  enum Form: Sendable {
    case text(ComparisonDescription.Layout)
    case json(withPassages: Bool)
  }

  /// Where nothing tells the width.
  private static let usualColumns = 80

  /// A file could not be read, or is not text.
  static let troubleStatus: Int32 = 2

  private let configuration: DaemonConfiguration
  private let warnings: [String]

  package init(_ places: CompanionOptions) {
    let (loaded, warnings) = places.load(seeks: false)
    configuration = loaded.configuration
    self.warnings = warnings
  }

  func compare(
    _ first: String, _ second: String, _ form: Form, columns: Int?
  ) -> CommandOutcome {
    do {
      let comparison = try Comparison(
        try read(first), try read(second), threshold: configuration.detection.threshold)
      var outcome = CommandOutcome(
        messages: warnings, exitStatus: comparison.areNear ? 0 : 1)
      switch form {
      case .text(let layout):
        let style = OutputStyle.ofStandardOutput
        outcome.output = ComparisonDescription(
          comparison: comparison, columns: columns ?? style.columns ?? Self.usualColumns,
          isColoured: style.isColoured
        ).text(layout)
      case .json(let withPassages):
        let report = ComparisonReport(comparison, withPassages: withPassages)
        outcome.output = try JSONText.pretty(report)
      }
      return outcome
    } catch {
      return CommandOutcome(messages: warnings + ["\(error)"], exitStatus: Self.troubleStatus)
    }
  }

  private func read(_ name: String) throws -> GivenText {
    let file = try GivenFile.read(
      name, limit: configuration.drop.maxSize, extractors: configuration.extractors)
    let sampling = SketchSampling(oneIn: configuration.detection.sampleOneIn)
    do throws(GivenText.Skipped) {
      // Short texts may be compared; the daemon is told of them by `detection.minimum-words`.
      return try GivenText(
        file, sampling: sampling, minimumWords: 1, extractors: configuration.extractors)
    } catch {
      throw Unreadable(name: name, skipped: error)
    }
  }

  private struct Unreadable: Error, CustomStringConvertible {
    let name: String
    let skipped: GivenText.Skipped

    var description: String {
      "\(TerminalText.safe(name)): \(skipped.reason): \(skipped.detail)"
    }
  }
}
