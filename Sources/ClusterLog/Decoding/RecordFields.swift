// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The members of a line, as they come, and the record that they make.
struct RecordFields {
  private(set) var schema: UInt64?
  private(set) var sequence: UInt64?
  private(set) var time: Int64?
  private var event: String?
  private var document: UInt32?
  private var drop: [UInt8]?
  private var path = PathFields()
  private var bytes: UInt64?
  private var sha256: [UInt8]?
  private var words: UInt64?
  private var description = SelfDescription()
  private var cluster: UInt32?
  private var relation: Relation?
  private var match: MatchFields?
  private var story: UInt32?
  private var storyMatch: MatchFields?
  private var replaces: UInt32?
  private var absorbed: [UInt32]?
  private var contains: [UInt32]?
  private var because: (document: UInt32, match: MatchFields?)?
  private var through: UInt32?
  private var documents: UInt64?
  private var clusters: UInt64?
  private var expiryReason: ExpiryReason?
  private var from: UInt32?
  private var to: UInt32?
  private var reason: String?
  private var detail: String?

  // MARK: Reading

  mutating func take(_ key: String, _ cursor: inout JSONCursor) throws(LogLineError) {
    switch key {
    case "schema": schema = try cursor.integer()
    case "seq": sequence = try cursor.integer()
    case "time":
      guard let parsed = LogTime.parse(try cursor.string()) else { throw .wrong(key) }
      time = parsed
    case "event": event = try Self.text(&cursor)
    case "document": document = try Self.number(key, &cursor)
    case "drop": drop = try cursor.string()
    case "path": path.text = try cursor.string()
    case "member": path.member = try cursor.string()
    case "path_b64": try path.takeBase64(&cursor)
    case "bytes": bytes = try cursor.integer()
    case "sha256":
      guard let digest = Self.digest(try cursor.string()) else { throw .wrong(key) }
      sha256 = digest
    case "words": words = try cursor.integer()
    case "title": description.title = try Self.text(&cursor)
    case "published": description.published = try Self.text(&cursor)
    case "source": description.source = try Self.text(&cursor)
    case "language": description.language = try Self.text(&cursor)
    case "encoding": description.encoding = try Self.text(&cursor)
    case "cluster": cluster = try Self.name(key, "c", &cursor)
    case "relation":
      guard let known = Relation(rawValue: try Self.text(&cursor)) else { throw .wrong(key) }
      relation = known
    case "match": match = try MatchFields(&cursor)
    case "story": story = try Self.name(key, "s", &cursor)
    case "story_match": storyMatch = try MatchFields(&cursor)
    case "replaces": replaces = try Self.number(key, &cursor)
    case "contains": contains = try Self.names(&cursor, "c", of: "contains")
    case "absorbed": absorbed = try Self.names(&cursor, isStory ? "s" : "c")
    case "because" where event == "expired":
      guard let known = ExpiryReason(rawValue: try Self.text(&cursor)) else { throw .wrong(key) }
      expiryReason = known
    case "because": because = try Self.because(&cursor)
    case "through": through = try Self.number(key, &cursor)
    case "documents": documents = try cursor.integer()
    case "clusters": clusters = try cursor.integer()
    case "from": from = try Self.name(key, isStory ? "s" : "c", &cursor)
    case "to": to = try Self.name(key, isStory ? "s" : "c", &cursor)
    case "reason": reason = try Self.text(&cursor)
    case "detail": detail = try Self.text(&cursor)
    default: try cursor.skip()
    }
  }

  /// `event` comes before the names of what it is about.
  private var isStory: Bool { event?.hasPrefix("story-") == true }

  private static func text(_ cursor: inout JSONCursor) throws(LogLineError) -> String {
    String(decoding: try cursor.string(), as: UTF8.self)
  }

  static func number(
    _ key: String, _ cursor: inout JSONCursor
  ) throws(LogLineError) -> UInt32 {
    guard let number = UInt32(exactly: try cursor.integer()), number > 0 else {
      throw .wrong(key)
    }
    return number
  }

  /// The number of "c5" or "s5".
  private static func name(
    _ key: String, _ letter: Character, _ cursor: inout JSONCursor
  ) throws(LogLineError) -> UInt32 {
    let text = try text(&cursor)
    guard text.first == letter, let number = UInt32(text.dropFirst()), number > 0 else {
      throw .wrong(key)
    }
    return number
  }

  private static func names(
    _ cursor: inout JSONCursor, _ letter: Character, of key: String = "absorbed"
  ) throws(LogLineError) -> [UInt32] {
    var names: [UInt32] = []
    try cursor.forEachElement { cursor throws(LogLineError) in
      names.append(try name(key, letter, &cursor))
    }
    return names
  }

  private static func because(
    _ cursor: inout JSONCursor
  ) throws(LogLineError) -> (document: UInt32, match: MatchFields?) {
    var document: UInt32?
    var match: MatchFields?
    try cursor.forEachMember { key, cursor throws(LogLineError) in
      switch key {
      case "document": document = try number(key, &cursor)
      case "match": match = try MatchFields(&cursor)
      default: try cursor.skip()
      }
    }
    guard let document else { throw .wrong("because") }
    return (document, match)
  }

  private static func digest(_ text: [UInt8]) -> [UInt8]? {
    guard text.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = JSONCursor.hexadecimal(text[index]),
        let low = JSONCursor.hexadecimal(text[index + 1])
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  // MARK: Making the record

  func required<Value>(_ value: Value?, _ name: String) throws(LogLineError) -> Value {
    guard let value else { throw .missing(name) }
    return value
  }

  func record() throws(LogLineError) -> Record {
    let name = try required(event, "event")
    guard let event = LogEvent(rawValue: name) else {
      throw LogLineError("has the unknown event \"\(name)\"")
    }
    switch event {
    case .assigned: return .assigned(try assigned())
    case .merged:
      let because = try required(because, "because")
      return .merged(
        Merged(
          cluster: try required(cluster, "cluster"), absorbed: try required(absorbed, "absorbed"),
          document: because.document, match: try required(because.match, "match").match()))
    case .moved:
      return .moved(
        Moved(
          document: try required(document, "document"), drop: drop,
          path: try required(path.bytes, "path"), from: try required(from, "from"),
          to: try required(to, "to"), reason: try required(reason, "reason")))
    case .storyMerged:
      let because = try required(because, "because")
      return .storyMerged(
        StoryMerged(
          story: try required(story, "story"), absorbed: try required(absorbed, "absorbed"),
          document: because.document, evidence: try because.match?.evidence()))
    case .storyMoved:
      return .storyMoved(
        StoryMoved(
          document: try required(document, "document"), drop: drop,
          path: try required(path.bytes, "path"), from: try required(from, "from"),
          to: try required(to, "to"), reason: try required(reason, "reason")))
    case .skipped: return .skipped(try skipped())
    case .removed:
      return .removed(
        Removed(
          document: try required(document, "document"), drop: drop,
          path: try required(path.bytes, "path"), cluster: try required(cluster, "cluster"),
          reason: reason.flatMap(RemovalReason.init)))
    case .expired:
      return .expired(
        Expired(
          through: try required(through, "through"),
          documents: Int(clamping: try required(documents, "documents")),
          clusters: Int(clamping: try required(clusters, "clusters")),
          because: try required(expiryReason, "because")))
    }
  }

  private func assigned() throws(LogLineError) -> Assigned {
    let relation = try required(relation, "relation")
    var assigned = Assigned(
      document: try required(document, "document"), drop: drop,
      path: try required(path.bytes, "path"), bytes: Int(clamping: try required(bytes, "bytes")),
      sha256: try required(sha256, "sha256"),
      words: Int(clamping: try required(words, "words")), description: description,
      cluster: try required(cluster, "cluster"), relation: relation, story: story,
      replaces: replaces)
    if relation != .first { assigned.match = try required(match, "match").match() }
    assigned.contains = contains ?? []
    if let storyMatch { assigned.storyMatch = try storyMatch.storyMatch() }
    return assigned
  }

  private func skipped() throws(LogLineError) -> Skipped {
    guard let reason = SkipReason(rawValue: try required(reason, "reason")) else {
      throw .wrong("reason")
    }
    return Skipped(
      drop: drop, path: try required(path.bytes, "path"), reason: reason,
      detail: try required(detail, "detail"))
  }
}
