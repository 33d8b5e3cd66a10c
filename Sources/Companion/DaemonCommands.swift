// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control

/// The commands of `neardup` that talk to a running daemon.
package struct DaemonCommands: Sendable {
  /// A reload reads one small file; the daemon may be busy with a batch before that.
  private static let reloadPatience = Duration.seconds(60)

  /// The configuration was rejected, or the daemon could not do what it was asked.
  private static let rejected: Int32 = 1

  private let socket: String
  private let warnings: [String]

  /// Finds the daemon's places as the daemon does.
  package init(_ places: CompanionOptions) {
    let (loaded, warnings) = places.load()
    socket = ControlPlace.inStateDirectory(loaded)
    self.warnings = warnings
  }

  init(socket: String) {
    self.socket = socket
    warnings = []
  }

  /// `neardup status`: what the daemon does and how it does.
  package func status(json: Bool) -> CommandOutcome {
    answered(.status) { reply throws(ControlFailure) in
      guard let report = reply.status else { throw .incomprehensible(socket) }
      return CommandOutcome(
        output: json
          ? try text(report)
          : OutputStyle.ofStandardOutput.folded(StatusDescription.text(report)),
        messages: warnings)
    }
  }

  /// `neardup reload`: exit status 1 when the configuration was rejected.
  package func reload(waits: Bool, json: Bool = false) -> CommandOutcome {
    guard waits else {
      do throws(ControlFailure) {
        try ControlClient(path: socket).tell(.reload)
        return CommandOutcome(output: "asked for a reload; the journal says what came of it\n")
      } catch {
        return CommandOutcome(error)
      }
    }
    // The daemon says itself what is wrong with the configuration.
    return answered(.reload, patience: Self.reloadPatience) { reply throws(ControlFailure) in
      guard let report = reply.reload else { throw .incomprehensible(socket) }
      if !json { return Self.outcome(report) }
      return CommandOutcome(
        output: try text(report), exitStatus: report.rejected == nil ? 0 : Self.rejected)
    }
  }

  /// `neardup rescan`: compares the drop directories with the state now.
  package func rescan(json: Bool = false) -> CommandOutcome {
    answered(.rescan) { reply throws(ControlFailure) in
      guard let report = reply.rescan else { throw .incomprehensible(socket) }
      if json { return CommandOutcome(output: try text(report), messages: warnings) }
      let directories = report.directories == 1 ? "directory" : "directories"
      return CommandOutcome(
        output: "scanning \(report.directories) drop \(directories)\n", messages: warnings)
    }
  }

  private func text(_ report: some Encodable) throws(ControlFailure) -> String {
    guard let text = try? JSONText.pretty(report) else { throw .incomprehensible(socket) }
    return text
  }

  private static func outcome(_ report: ReloadReport) -> CommandOutcome {
    if let rejected = report.rejected {
      return CommandOutcome(
        messages: ["the configuration was rejected, the old one stays in force", rejected],
        exitStatus: Self.rejected)
    }
    var output = "reloaded"
    output += report.applied.isEmpty ? "; nothing to apply" : ""
    output += "\n"
    if !report.applied.isEmpty {
      output += "applied: \(report.applied.joined(separator: " "))\n"
    }
    if !report.needsRestart.isEmpty {
      output += "needs a restart: \(report.needsRestart.joined(separator: " "))\n"
    }
    return CommandOutcome(output: output)
  }

  private func answered(
    _ request: ControlRequest, patience: Duration = .seconds(5),
    _ use: (ControlReply) throws(ControlFailure) -> CommandOutcome
  ) -> CommandOutcome {
    do throws(ControlFailure) {
      let reply = try ControlClient(path: socket, patience: patience).ask(request)
      if let error = reply.error {
        return CommandOutcome(messages: [error], exitStatus: Self.rejected)
      }
      return try use(reply)
    } catch {
      var outcome = CommandOutcome(error)
      outcome.messages = warnings + outcome.messages
      return outcome
    }
  }
}
