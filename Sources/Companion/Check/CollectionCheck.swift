// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control
internal import Daemon
internal import Documents
internal import NearDuplicates
package import Settings

/// Asks what texts would match: the running daemon, else the state.
///
/// The daemon has the index in memory and answers in milliseconds, between two arrivals; bringing
/// the index back from the state gives the same answer after the seconds that a start takes.
package struct CollectionCheck {
  /// How long the daemon is waited for: when it hangs at a full disk, the state is quicker.
  private static let patience = Duration.seconds(3)

  /// Who gave the answer.
  enum Source: String, Codable, Sendable { case daemon, state }

  private let configuration: DaemonConfiguration
  private let socket: String
  private var state: StateCheck?
  /// The daemon does not answer: it is not asked again.
  private var isStateOnly = false

  package init(_ loaded: LoadedConfiguration) {
    configuration = loaded.configuration
    socket = ControlPlace.inStateDirectory(loaded)
  }

  mutating func check(_ text: GivenText) throws -> (report: CheckReport, source: Source) {
    var question = CheckQuestion(text.file.bytes, text.fingerprint)
    if configuration.stories.clock == .published {
      question.published = text.description.published.flatMap { PublishedMoment($0) }
    }
    if let report = asked(question) { return (report, .daemon) }
    if state == nil { state = try StateCheck(configuration) }
    guard let report = try state?.check(question) else { throw ControlFailure.stopped(socket) }
    return (report, .state)
  }

  private mutating func asked(_ question: CheckQuestion) -> CheckReport? {
    // Too long for the socket, which says nothing of other texts.
    guard !isStateOnly, let request = question.request else { return nil }
    let client = ControlClient(path: socket, patience: Self.patience)
    guard let reply = try? client.ask(request), let report = reply.check else {
      isStateOnly = true
      return nil
    }
    return report
  }
}
