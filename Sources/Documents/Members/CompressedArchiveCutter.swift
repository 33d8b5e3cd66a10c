// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The pages of a web archive whose records are compressed one by one, as crawlers write them
/// (WARC, annex D).
///
/// A compressed member is held as a whole. One that is damaged is told of, and the next one is
/// looked for by how it begins.
struct CompressedArchiveCutter: MemberCutter, Sendable {
  /// Records of a compressed member that are not given out yet.
  private struct Opened {
    let content: [UInt8]
    var place = 0
    /// How many bytes the compressed member takes.
    let length: Int
  }

  private let limit: Int
  private var records: WebArchiveCutter
  private var opened: Opened?
  /// What was there when it was not enough: to be tried again with twice as much.
  private var tried = 0
  private var isLost = false

  init(limit: Int) {
    self.limit = limit
    records = WebArchiveCutter(limit: limit)
  }

  /// Whether the first member of a gzip file begins as a record does.
  static func isArchive(_ bytes: LentBytes) -> Bool {
    var member = GzipMember(bytes.bytes, limit: 16)
    _ = try? member.inflate()
    return member.output.starts(with: "WARC/".utf8)
  }

  mutating func next(in bytes: UnsafeRawBufferPointer, isLast: Bool) -> MemberStep {
    if opened != nil { return nextRecord() }
    let lent = LentBytes(bytes)
    if bytes.isEmpty { return isLast ? .end : .more }
    if isLost || !GzipMember.begins(lent), bytes.count >= 3 || isLast {
      return search(lent, isLast: isLast)
    }
    // Also for what tells its own length.
    guard isLast || bytes.count >= 2 * tried, bytes.count >= 3 else { return .more }
    var member = GzipMember(bytes, limit: 2 * limit)
    do throws(GzipMember.Trouble) {
      let length = try member.inflate()
      tried = 0
      records.begin()
      opened = Opened(content: member.output, length: length)
      return nextRecord()
    } catch {
      if error == .exhausted, !isLast, bytes.count <= 2 * limit {
        tried = bytes.count
        return .more
      }
      tried = 0
      isLost = true
      let layout: ContainerMember.Layout =
        error == .tooLarge
        ? .tooLarge(limit: limit)
        : .skipped(.unreadable, detail: "the record cannot be decompressed")
      return .member(records.unread(layout, of: 0..<3))
    }
  }

  private mutating func nextRecord() -> MemberStep {
    guard var opened else { return .more }
    while true {
      let step = opened.content.withUnsafeBytes { content in
        let rest = UnsafeRawBufferPointer(rebasing: content[opened.place...])
        return records.next(in: rest, isLast: true)
      }
      switch step {
      case .passed(let count, _): opened.place += count
      case .member(let member):
        let start = opened.place
        opened.place += member.length
        self.opened = opened
        let bytes = start + member.bytes.lowerBound..<start + member.bytes.upperBound
        return .member(
          ContainerMember(
            name: member.name, layout: member.layout, bytes: 0..<0, length: 0,
            content: Array(opened.content[bytes])))
      case .more, .end:
        self.opened = nil
        return .passed(opened.length, isOfMember: false)
      }
    }
  }

  /// Goes to where the next member may begin.
  private mutating func search(_ lent: LentBytes, isLast: Bool) -> MemberStep {
    var place = 1
    isLost = true
    while let found = lent.first(0x1F, from: place) {
      if GzipMember.begins(lent, at: found) {
        isLost = false
        return .passed(found, isOfMember: false)
      }
      place = found + 1
    }
    if isLast { return .passed(lent.count, isOfMember: false) }
    return lent.count > 3 ? .passed(lent.count - 3, isOfMember: false) : .more
  }
}
