// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The pages of a web archive (WARC, ISO 28500), called by their addresses.
///
/// Responses, resources and conversions are members; requests, metadata and what says that a page
/// is the same as before are not. A record whose length is wrong is one that nothing but the next
/// line with the beginning of a record ends.
struct WebArchiveCutter: MemberCutter, Sendable {
  private enum State {
    case record
    /// In a record that is not read, so many bytes before its end.
    case passing(Int, Passed?)
    /// Behind a damaged header or a wrong length.
    case lost
  }

  /// A member that is passed over.
  private struct Passed {
    let name: [UInt8]?
    let layout: ContainerMember.Layout
  }

  private static let longestHeader = 1 << 16
  /// What ends a record and begins the next.
  private static let trailer = 4 + 5

  private let limit: Int
  private var names = MemberNames()
  private var number = 0
  private var state = State.record

  init(limit: Int) { self.limit = limit }

  /// What comes next begins with a record.
  mutating func begin() { state = .record }

  /// A record of which nothing can be read.
  mutating func unread(_ layout: ContainerMember.Layout, of own: Range<Int>) -> ContainerMember {
    number += 1
    return ContainerMember(
      name: names.name(nil, "record", number), layout: layout, bytes: own, length: own.upperBound)
  }

  mutating func next(in bytes: UnsafeRawBufferPointer, isLast: Bool) -> MemberStep {
    let lent = LentBytes(bytes)
    switch state {
    case .record: return record(lent, isLast: isLast)
    case .lost: return search(lent, isLast: isLast)
    case .passing(let left, let member): return pass(lent, left, member, isLast: isLast)
    }
  }

  // MARK: Records

  private mutating func record(_ lent: LentBytes, isLast: Bool) -> MemberStep {
    let start = lent.skippingSpace()
    if start > 0 { return .passed(start, isOfMember: false) }
    if lent.count < 5, !isLast { return .more }
    if lent.count == 0 { return .end }
    guard lent.follows("WARC/", at: 0) else {
      state = .lost
      return search(lent, isLast: isLast)
    }
    guard let header = WebArchiveHeader(lent, longest: Self.longestHeader) else {
      if !isLast, lent.count <= Self.longestHeader { return .more }
      return damaged(nil, "the header of the record does not end", 5, 0..<min(5, lent.count))
    }
    guard let length = header.length else {
      return damaged(header.name, "the record has no Content-Length", header.end, 0..<header.end)
    }
    let type = header.recordType
    guard type == "response" || type == "resource" || type == "conversion" else {
      state = .passing(length, nil)
      return .passed(header.end, isOfMember: false)
    }
    if length > limit {
      state = .passing(length, Passed(name: header.name, layout: .tooLarge(limit: limit)))
      return .passed(header.end, isOfMember: true)
    }
    let end = header.end + length
    if lent.count < end + Self.trailer, !isLast { return .more }
    guard end <= lent.count, Self.endsRecord(lent, at: end) else {
      return damaged(
        header.name, "Content-Length is \(length), and no record begins behind that", header.end,
        0..<header.end)
    }
    let page = WebArchivePage(lent, header, header.end..<end, limit: limit)
    number += 1
    return .member(
      ContainerMember(
        name: names.name(header.name, "record", number), layout: page.layout, bytes: page.body,
        length: end))
  }

  /// Whether another record begins at a place or nothing does.
  private static func endsRecord(_ lent: LentBytes, at place: Int) -> Bool {
    var next = place
    while next - place < 4, let byte = lent.byte(at: next), byte == 0x0D || byte == 0x0A {
      next += 1
    }
    return next >= lent.count || lent.follows("WARC/", at: next)
  }

  /// - Parameters:
  ///   - length: Of what is done with; behind it the next record is looked for.
  ///   - own: What stands for the member's bytes, which cannot be told.
  private mutating func damaged(
    _ name: [UInt8]?, _ detail: String, _ length: Int, _ own: Range<Int>
  ) -> MemberStep {
    state = .lost
    number += 1
    return .member(
      ContainerMember(
        name: names.name(name, "record", number),
        layout: .skipped(.unreadable, detail: detail), bytes: own,
        length: min(length, own.upperBound)))
  }

  private mutating func pass(
    _ lent: LentBytes, _ left: Int, _ member: Passed?, isLast: Bool
  ) -> MemberStep {
    if left > 0, lent.count > 0 {
      let count = min(left, lent.count)
      state = .passing(left - count, member)
      return .passed(count, isOfMember: member != nil)
    }
    if left > 0 || lent.count < Self.trailer, !isLast { return .more }
    state = left == 0 && Self.endsRecord(lent, at: 0) ? .record : .lost
    guard let member else { return next(in: lent.bytes, isLast: isLast) }
    number += 1
    return .member(
      ContainerMember(
        name: names.name(member.name, "record", number), layout: member.layout, bytes: 0..<0,
        length: 0))
  }

  /// Goes to the next line that begins as a record does.
  private mutating func search(_ lent: LentBytes, isLast: Bool) -> MemberStep {
    if let found = lent.first("\nWARC/") {
      state = .record
      return .passed(found + 1, isOfMember: false)
    }
    if isLast { return lent.count == 0 ? .end : .passed(lent.count, isOfMember: false) }
    return lent.count > Self.trailer
      ? .passed(lent.count - Self.trailer, isOfMember: false) : .more
  }
}

/// The header of a record.
private struct WebArchiveHeader {
  /// Where the record's content begins.
  let end: Int
  private(set) var recordType = ""
  private(set) var length: Int?
  private(set) var contentType: String?
  private(set) var name: [UInt8]?

  /// Nil when its end is not there.
  init?(_ lent: LentBytes, longest: Int) {
    guard let fields = HeaderFields(lent, from: 0, limit: longest) else { return nil }
    end = fields.end
    recordType = fields.text("warc-type")?.lowercased() ?? ""
    length = fields.text("content-length").flatMap { Int($0) }.flatMap {
      0...(Int.max >> 2) ~= $0 ? $0 : nil
    }
    contentType = fields.text("content-type")
    let address = fields["warc-target-uri"] ?? fields["warc-record-id"]
    name = address.map { text in text.filter { $0 != 0x3C && $0 != 0x3E } }
  }
}

/// A page and how its bytes are to be read.
private struct WebArchivePage {
  private(set) var layout: ContainerMember.Layout
  /// Without the header that the server sent.
  private(set) var body: Range<Int>

  /// - Parameter limit: In bytes, of a page without compression.
  init(_ lent: LentBytes, _ header: WebArchiveHeader, _ content: Range<Int>, limit: Int) {
    body = content
    let address = header.name.map { String(decoding: $0, as: UTF8.self) }
    guard header.recordType == "response", lent.follows("HTTP/", at: content.lowerBound) else {
      layout = Self.layout(type: header.contentType, address, isChunked: false)
      return
    }
    guard let fields = HeaderFields(lent, from: content.lowerBound, limit: content.count) else {
      layout = .skipped(.unreadable, detail: "the header that the server sent does not end")
      return
    }
    body = min(fields.end, content.upperBound)..<content.upperBound
    let status = lent.array(content).prefix { $0 != 0x0A }.split(separator: 0x20)
    let code = status.count > 1 ? String(decoding: status[1].prefix(3), as: UTF8.self) : ""
    guard code.hasPrefix("2") else {
      layout = .skipped(.unreadable, detail: "no page: the server answered \(code)")
      return
    }
    let coding = fields.text("content-encoding")?.lowercased() ?? "identity"
    let isGzip = coding == "gzip" || coding == "x-gzip"
    guard coding == "identity" || isGzip || body.isEmpty else {
      layout = .skipped(.noExtractor, detail: "the page is compressed: \(coding.prefix(40))")
      return
    }
    // Archives that keep what was sent do not all keep the header in step with it.
    let saysChunks = fields.text("transfer-encoding")?.lowercased().contains("chunked") ?? false
    let isChunked = saysChunks && lent.byte(at: body.lowerBound).flatMap(ByteCursor.digit) != nil
    layout = Self.layout(type: fields.text("content-type"), address, isChunked: isChunked)
    guard isGzip, case .page(var page) = layout else { return }
    let start = isChunked ? (lent.first(0x0A, from: body.lowerBound) ?? body.upperBound) + 1 : 0
    page.isCompressed = GzipMember.begins(lent, at: isChunked ? start : body.lowerBound)
    page.limit = limit
    layout = .page(page)
  }

  private static func layout(
    type: String?, _ address: String?, isChunked: Bool
  ) -> ContainerMember.Layout {
    let parts = (type ?? "").split(separator: ";").map {
      $0.drop { $0 == " " }.lowercased()
    }
    let name = parts.first.map { String($0.prefix { $0 != " " }) }
    if let name, !MailReader.isText(name) {
      return .skipped(.binary, detail: "\(name.prefix(80)) is no text")
    }
    let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }
    return .page(
      ArchivedPage(
        type: name, charset: charset.map { String($0.dropFirst(8)) }, address: address,
        isChunked: isChunked))
  }
}
