// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Control

/// Puts the status into one line for people (sd_notify(3), STATUS=).
struct StatusText {
  /// From so many waiting files on, the line tells of the backlog instead of the watch.
  private static let backlogLimit = 100

  /// The backlog that is being worked off: how many were processed when it began, and when.
  private var backlogStart: (processed: Int, time: UInt64)?

  /// - Parameter now: nanoseconds on the monotonic clock.
  mutating func line(_ status: DaemonStatus, now: UInt64) -> String {
    let text = phase(status, now: now)
    return status.trouble.map { "\($0); \(text)" } ?? text
  }

  private mutating func phase(_ status: DaemonStatus, now: UInt64) -> String {
    switch status.phase {
    case .starting: return "starting"
    case .loading(let done, let total): return "loading index \(done)/\(total)"
    case .stopping: return "stopping: \(CountText.files(status.inFlight)) in flight"
    case .running: break
    }
    guard status.remaining >= Self.backlogLimit else {
      backlogStart = nil
      return watching(status)
    }
    let start = backlogStart ?? (status.totals.processed, now)
    backlogStart = start
    let done = status.totals.processed - start.processed
    let seconds = Double(now - start.time) / 1e9
    let rate = done == 0 ? 0 : Double(done) / max(seconds, 0.001)
    var text = "backlog \(done)/\(done + status.remaining), \(Int(rate.rounded()))/s"
    if seconds >= 1, rate > 0 { text += ", \(Self.time(Double(status.remaining) / rate)) left" }
    return text
  }

  private func watching(_ status: DaemonStatus) -> String {
    var parts: [String] = []
    let places = status.intake.places
    let watched = places.count { $0.mode == .watching }
    if watched > 0 { parts.append("watching \(CountText.directories(watched))") }
    for place in places {
      switch place.mode {
      case .watching:
        if let blindness = place.blindness { parts.append("\(place.path): \(blindness)") }
      case .polling(let reason): parts.append("polling \(place.path) (\(reason))")
      case .missing(let reason): parts.append("missing \(place.path) (\(reason))")
      case .hanging(let reason): parts.append("hanging \(place.path) (\(reason))")
      }
    }
    if parts.isEmpty { parts.append("reading what is there") }
    let totals = status.totals
    let stories = totals.stories.map { " in \(CountText.stories($0))" } ?? ""
    return parts.joined(separator: ", ")
      + ": \(CountText.documents(totals.documents)), "
      + "\(CountText.clusters(totals.clusters))\(stories), queue \(status.remaining)"
  }

  static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 120 { return "\(whole) s" }
    if whole < 7_200 { return "\(whole / 60) min" }
    return "\(whole / 3_600) h"
  }
}
