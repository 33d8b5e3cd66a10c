// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import Daemon
internal import Settings
internal import StateStore

/// What `neardup forget` does: asks the daemon, or does it itself where none runs.
package struct ForgetRun {
  /// Bringing millions of documents back takes minutes, and so does copying their state.
  private static let patience = Duration.seconds(3_600)
  /// The daemon could not do it.
  private static let refused: Int32 = 1

  private let loaded: LoadedConfiguration
  private let places: ResultPlaces

  package init(_ options: CompanionOptions) {
    loaded = options.load().loaded
    places = ResultPlaces(options)
  }

  /// - Parameter isTrial: whether it is only said what would go.
  package func run(_ selection: ForgetSelection, isTrial: Bool, json: Bool) -> CommandOutcome {
    CommandOutcome(warnings: places.warnings) {
      let source = try CollectionSource(places)
      guard source.state != nil else {
        throw CommandFailure(
          CommandFailure.unreadable, source.messages.first ?? "the state cannot be read")
      }
      let collection = source.collection
      let chosen = try selection.select(
        from: collection, dropDirectories: places.dropDirectories
      ).map { (document: $0, cluster: collection.clusters.group(of: $0) ?? $0) }
      if isTrial { return Self.trial(chosen, collection) }
      let report = chosen.isEmpty ? ErasureReport(documents: 0, clusters: 0) : try erase(chosen)
      return try Self.outcome(report, json: json)
    }
  }

  private func erase(
    _ documents: [(document: UInt32, cluster: UInt32)]
  ) throws -> ErasureReport {
    let client = ControlClient(
      path: ControlPlace.inStateDirectory(loaded), patience: Self.patience)
    var report = ErasureReport(documents: 0, clusters: 0)
    report.clusters = Set(documents.map(\.cluster)).count
    for first in stride(from: 0, to: documents.count, by: ErasureQuestion.documentLimit) {
      let some = documents[first...].prefix(ErasureQuestion.documentLimit)
      let reply: ControlReply
      do {
        reply = try client.ask(ErasureQuestion(documents: some.map(\.document)).request)
      } catch ControlFailure.notRunning {
        let rest = try StoppedErasure.run(loaded, Array(documents[first...]))
        report.documents += rest.documents
        report.isScrubbed = rest.isScrubbed
        return report
      } catch {
        throw Self.failure(error.exitStatus, "\(error)", report)
      }
      if let error = reply.error { throw Self.failure(Self.refused, error, report) }
      guard let part = reply.erasure else {
        throw Self.failure(
          Self.refused, "daemon and command are of different versions", report)
      }
      report.documents += part.documents
      report.isScrubbed = part.isScrubbed
    }
    return report
  }

  private static func failure(
    _ status: Int32, _ reason: String, _ done: ErasureReport
  ) -> CommandFailure {
    let before = ReportText.count(done.documents, "document")
    return CommandFailure(
      status, done.documents == 0 ? reason : "\(reason); \(before) forgotten until then")
  }

  private static func trial(
    _ chosen: [(document: UInt32, cluster: UInt32)], _ collection: RecordedCollection
  ) -> CommandOutcome {
    let lines = chosen.compactMap { choice in
      collection[choice.document].map {
        "document \(choice.document) of c\(choice.cluster): "
          + TerminalText.safe(collection.name(of: $0))
      }
    }
    return CommandOutcome(
      output: lines.map { $0 + "\n" }.joined(),
      messages: ["would forget \(ReportText.count(chosen.count, "document")); nothing was done"])
  }

  private static func outcome(_ report: ErasureReport, json: Bool) throws -> CommandOutcome {
    let messages =
      report.isScrubbed
      ? []
      : [
        "somebody reads an older state, or the disk is full: what is left in the state's "
          + "write-ahead log and free pages goes with a later batch, or when the daemon stops"
      ]
    if json {
      return CommandOutcome(output: try JSONText.pretty(report), messages: messages)
    }
    var output = "forgot \(ReportText.count(report.documents, "document"))"
    output += " of \(ReportText.count(report.clusters, "cluster"))"
    if report.documents > 0 {
      output += "; the cluster log still names their paths (neardup redact)"
    }
    return CommandOutcome(output: output + "\n", messages: messages)
  }
}
