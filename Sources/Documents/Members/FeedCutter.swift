// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The items of an RSS or Atom feed, called by their identifier or address.
///
/// Read alone, an item has lost what the feed says for all: its encoding and language. These go
/// with it; its own bytes are the element alone, since a feed's head changes with every fetch.
struct FeedCutter: MemberCutter, Sendable {
  /// What stands before the first item and is looked at.
  private static let longestHead = 1 << 18

  private let limit: Int
  private var opening: [UInt8]?
  private var names = MemberNames()
  private var number = 0
  /// Within an item that is too large.
  private var isPassing = false

  init(limit: Int) { self.limit = limit }

  static func hasSeveralItems(_ bytes: LentBytes) -> Bool {
    var scan = TagScan(bytes)
    guard let root = scan.next(), isFeed(scan, root) else { return false }
    var count = 0
    while let tag = scan.next() {
      if !tag.isEnd, !tag.isSelfClosing, isItem(scan, tag) { count += 1 }
      if count > 1 { return true }
    }
    return false
  }

  private static func isFeed(_ scan: TagScan, _ tag: TagScan.Tag) -> Bool {
    scan.isNamed(tag, "rss") || scan.isNamed(tag, "feed") || scan.isNamed(tag, "rdf")
  }

  private static func isItem(_ scan: TagScan, _ tag: TagScan.Tag) -> Bool {
    scan.isNamed(tag, "item") || scan.isNamed(tag, "entry")
  }

  mutating func next(in bytes: UnsafeRawBufferPointer, isLast: Bool) -> MemberStep {
    let lent = LentBytes(bytes)
    if isPassing { return pass(lent, isLast: isLast) }
    if bytes.isEmpty { return isLast ? .end : .more }
    var scan = TagScan(lent)
    while let tag = scan.next() {
      guard !tag.isEnd, Self.isItem(scan, tag) else { continue }
      let start = tag.range.lowerBound
      if opening == nil { opening = Self.opening(lent, through: start) }
      if start > 0 { return .passed(start, isOfMember: false) }
      if tag.isSelfClosing { return .passed(tag.range.upperBound, isOfMember: false) }
      return item(lent, tag, scan, isLast: isLast)
    }
    if isLast { return .passed(bytes.count, isOfMember: false) }
    if opening == nil {
      guard bytes.count > Self.longestHead else { return .more }
      opening = Self.opening(lent, through: bytes.count)
    }
    // What begins there and does not end may be an item.
    if scan.place > 0 { return .passed(scan.place, isOfMember: false) }
    return bytes.count > limit ? .passed(bytes.count, isOfMember: false) : .more
  }

  /// What is to be read before an item: declaration, root and language.
  private static func opening(_ lent: LentBytes, through end: Int) -> [UInt8] {
    let lent = lent.before(end)
    var opening: [UInt8] = []
    let start = lent.follows("\u{FEFF}", at: 0) ? 3 : 0
    if lent.follows("<?xml", at: start), let close = lent.first("?>", from: start) {
      opening += lent.array(start..<close + 2)
    }
    var scan = TagScan(lent)
    guard let root = scan.next() else { return opening }
    opening += lent.array(root.range)
    if let language = lent.first("<language>"),
      let close = lent.first("</language>", from: language)
    {
      opening += lent.array(language..<close + 11)
    }
    return opening
  }

  // MARK: One item

  private mutating func item(
    _ lent: LentBytes, _ first: TagScan.Tag, _ beginning: TagScan, isLast: Bool
  ) -> MemberStep {
    var scan = beginning
    var name = ItemName(lent, first)
    var depth = 1
    while let tag = scan.next() {
      if Self.isItem(scan, tag), tag.isEnd {
        return member(lent, name.found, 0..<tag.range.upperBound)
      }
      if Self.isItem(scan, tag), !tag.isSelfClosing {
        return damaged(name.found, tag.range.lowerBound)
      }
      if depth == 1, !tag.isEnd { name.take(tag, scan) }
      if !tag.isSelfClosing { depth += tag.isEnd ? -1 : 1 }
    }
    if isLast { return damaged(name.found, lent.count) }
    guard lent.count > limit else { return .more }
    isPassing = true
    return .passed(first.range.upperBound, isOfMember: true)
  }

  private mutating func member(
    _ lent: LentBytes, _ name: [UInt8]?, _ range: Range<Int>
  ) -> MemberStep {
    let layout: ContainerMember.Layout =
      range.count > limit ? .tooLarge(limit: limit) : .item(opening: opening ?? [])
    return .member(
      ContainerMember(
        name: nextName(name), layout: layout, bytes: range, length: range.upperBound))
  }

  private mutating func damaged(_ name: [UInt8]?, _ length: Int) -> MemberStep {
    .member(
      ContainerMember(
        name: nextName(name), layout: .skipped(.unreadable, detail: "the item does not end"),
        bytes: 0..<length, length: length))
  }

  private mutating func nextName(_ name: [UInt8]?) -> [UInt8] {
    number += 1
    return names.name(name, "item", number)
  }

  /// Goes to the end of an item that is too large.
  private mutating func pass(_ lent: LentBytes, isLast: Bool) -> MemberStep {
    var scan = TagScan(lent)
    var end = isLast ? lent.count : nil
    while let tag = scan.next() {
      guard Self.isItem(scan, tag), tag.isEnd || !tag.isSelfClosing else { continue }
      end = tag.isEnd ? tag.range.upperBound : tag.range.lowerBound
      break
    }
    if let end {
      isPassing = false
      return .member(
        ContainerMember(
          name: nextName(nil), layout: .tooLarge(limit: limit), bytes: 0..<end, length: end))
    }
    let done = scan.place > 0 ? scan.place : lent.count > limit ? lent.count : 0
    return done > 0 ? .passed(done, isOfMember: true) : .more
  }
}

/// What an item calls itself: its identifier, else its address.
private struct ItemName {
  private static let longest = 400

  private var identifier: [UInt8]?
  private var address: [UInt8]?

  var found: [UInt8]? { identifier ?? address }

  /// RSS 1.0 has it in the tag of the item.
  init(_ lent: LentBytes, _ tag: TagScan.Tag) {
    address = Self.attribute("about=", lent, tag.range)
  }

  mutating func take(_ tag: TagScan.Tag, _ scan: TagScan) {
    if scan.isNamed(tag, "guid") || scan.isNamed(tag, "id") {
      identifier = identifier ?? Self.text(scan.lent, from: tag.range.upperBound)
    } else if scan.isNamed(tag, "link") {
      address =
        address ?? Self.attribute("href=", scan.lent, tag.range)
        ?? (tag.isSelfClosing ? nil : Self.text(scan.lent, from: tag.range.upperBound))
    }
  }

  private static func text(_ lent: LentBytes, from start: Int) -> [UInt8]? {
    let start = lent.skippingSpace(from: start)
    let lent = lent.before(start + longest)
    let isRaw = lent.follows("<![CDATA[", at: start)
    let end = isRaw ? lent.first("]]>", from: start) : lent.first(UInt8(ascii: "<"), from: start)
    guard let end else { return nil }
    let range = lent.trimmed((isRaw ? start + 9 : start)..<end)
    guard !range.isEmpty else { return nil }
    return isRaw ? lent.array(range) : CharacterReferences.resolved(lent.array(range))
  }

  private static func attribute(
    _ name: StaticString, _ lent: LentBytes, _ tag: Range<Int>
  ) -> [UInt8]? {
    let lent = lent.before(tag.upperBound)
    guard let start = lent.first(name, from: tag.lowerBound),
      let quote = lent.byte(at: start + name.utf8CodeUnitCount),
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    else { return nil }
    let value = start + name.utf8CodeUnitCount + 1
    guard let end = lent.first(quote, from: value), end > value, end - value < longest
    else { return nil }
    return CharacterReferences.resolved(lent.array(value..<end))
  }
}
