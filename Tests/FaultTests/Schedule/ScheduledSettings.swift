// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

/// The configuration of a scheduled day: what is fixed for the day, and what reloads change.
struct ScheduledSettings: Equatable {
  /// In hours; nil for ever.
  let window: Int?
  /// 0 for any number.
  let documents: Int
  let forgetsDeleted: Bool
  let moves: Bool
  private var maxSize = Self.large
  private(set) var excludesNight = false
  private var settle = 50

  private static let (small, large) = (2_048, 65_536)

  init(_ random: inout SeededGenerator) {
    let kind = Int.random(in: 0..<4, using: &random)
    window = kind < 2 ? [3, 6, 12].randomElement(using: &random) : nil
    documents = kind == 1 || kind == 2 ? Int.random(in: 30...90, using: &random) : 0
    let mode = Int.random(in: 0..<6, using: &random)
    forgetsDeleted = mode == 1 || mode == 2
    moves = mode == 3
  }

  mutating func change(_ random: inout SeededGenerator) {
    maxSize = Bool.random(using: &random) ? Self.small : Self.large
    excludesNight = Bool.random(using: &random)
    settle = Int.random(in: 20...120, using: &random)
  }

  /// The tables of the file.
  func tables(moveTo target: String) -> [String: String] {
    let exclude = excludesNight ? #"".*", "*.night""# : #"".*""#
    var drop = """
      settle = "\(settle)ms"
      max-size = "\(maxSize)B"
      exclude = [\(exclude)]
      rescan-interval = "1s"
      on-delete = "\(forgetsDeleted ? "forget" : "keep")"
      """
    if moves { drop += "\nafter = \"move-to\"\nmove-to = \"\(target)\"" }
    let window = window.map { "\($0)h" } ?? "forever"
    return ["drop": drop, "retention": "window = \"\(window)\"\ndocuments = \(documents)"]
  }

  /// Whether the content is more than is read at times.
  static func isLarge(_ content: DroppedContent) -> Bool { content.bytes.count > small }

  func wants(_ path: String) -> Bool { !(excludesNight && path.hasSuffix(".night")) }

  /// What the log calls this content, as things are; and what it may have called it, or will, with
  /// other settings: see `RecordAudit.signature`.
  func signatures(of content: DroppedContent) -> (now: Set<String>, ever: Set<String>) {
    guard content.kind == .text else { return ([content.kind.rawValue], [content.kind.rawValue]) }
    let sometimes: Set = ["too-large: \(content.bytes.count)", content.digest]
    if content.bytes.count <= Self.small { return ([content.digest], [content.digest]) }
    return (content.bytes.count <= maxSize ? [content.digest] : sometimes, sometimes)
  }
}
