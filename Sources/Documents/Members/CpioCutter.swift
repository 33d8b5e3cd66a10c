// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The files of an archive, as bsdtar writes them: a cpio archive in the portable format ("newc",
/// cpio(5)).
///
/// Directories, links and devices are no documents, nor is what macOS adds (`__MACOSX`). Whatever
/// is in a name, it is only a name: nothing is ever written.
struct CpioCutter: MemberCutter, Sendable {
  private enum State {
    case header
    /// So many bytes before the end of what is not read, and what is to be told of it then.
    case passing(Int, Passed?)
    /// Behind what is no header.
    case lost
    case over
  }

  private struct Passed {
    let name: [UInt8]
    let layout: ContainerMember.Layout
  }

  private static let headerLength = 110
  private static let longestName = 1 << 16
  private static let (fileType, regular) = (0o170000, 0o100000)

  private let limit: Int
  private var names = MemberNames()
  private var number = 0
  private var state = State.header

  init(limit: Int) { self.limit = limit }

  mutating func next(in bytes: UnsafeRawBufferPointer, isLast: Bool) -> MemberStep {
    let lent = LentBytes(bytes)
    switch state {
    case .header: return header(lent, isLast: isLast)
    case .passing(let left, let member): return pass(lent, left, member, isLast: isLast)
    case .lost:
      if lent.count == 0 { return isLast ? .end : .more }
      return .passed(lent.count, isOfMember: false)
    // Zeros, up to the end of a block.
    case .over:
      if lent.count == 0, !isLast { return .more }
      return lent.count == 0 ? .end : .passed(lent.count, isOfMember: false)
    }
  }

  // MARK: Entries

  private struct Entry {
    let isFile: Bool
    let size: Int
    let name: [UInt8]
    let content: Int
    /// Behind its content and what fills it up.
    let end: Int
  }

  private mutating func header(_ lent: LentBytes, isLast: Bool) -> MemberStep {
    guard lent.count >= Self.headerLength else { return isLast ? damaged(lent) : .more }
    guard lent.follows("070701", at: 0), let nameLength = Self.number(lent, at: 94),
      1...Self.longestName ~= nameLength
    else { return damaged(lent) }
    guard lent.count >= Self.headerLength + nameLength else {
      return isLast ? damaged(lent) : .more
    }
    guard let entry = Self.entry(lent, nameLength) else { return damaged(lent) }
    if entry.name.elementsEqual("TRAILER!!!".utf8) {
      state = .over
      return .passed(min(entry.end, lent.count), isOfMember: false)
    }
    guard entry.isFile, !entry.name.starts(with: "__MACOSX/".utf8) else {
      return passing(entry, nil, lent)
    }
    if entry.size > limit {
      if lent.count < entry.content { return isLast ? damaged(lent) : .more }
      number += 1
      let passed = Passed(
        name: names.name(entry.name, "file", number), layout: .tooLarge(limit: limit))
      return passing(entry, passed, lent)
    }
    if lent.count < entry.end { return isLast ? damaged(lent) : .more }
    return .member(member(entry, lent))
  }

  private mutating func member(_ entry: Entry, _ lent: LentBytes) -> ContainerMember {
    number += 1
    let content = entry.content..<entry.content + entry.size
    // What bsdtar cannot decompress to its end, or not to what the list says, it fills up.
    let isBlank =
      entry.size > 0 && lent.bytes[content.lowerBound] == 0
      && lent.bytes[content].allSatisfy { $0 == 0 }
    return ContainerMember(
      name: names.name(entry.name, "file", number),
      layout: isBlank
        ? .skipped(.unreadable, detail: "it cannot be unpacked: its length or checksum is wrong")
        : .file(name: entry.name),
      bytes: content, length: entry.end)
  }

  /// Goes behind an entry of which as much is there as is lent.
  private mutating func passing(
    _ entry: Entry, _ member: Passed?, _ lent: LentBytes
  ) -> MemberStep {
    guard member != nil else {
      let count = min(entry.end, lent.count)
      state = count == entry.end ? .header : .passing(entry.end - count, nil)
      return .passed(count, isOfMember: false)
    }
    let count = min(entry.content, lent.count)
    state = .passing(entry.end - count, member)
    return .passed(count, isOfMember: false)
  }

  private mutating func pass(
    _ lent: LentBytes, _ left: Int, _ member: Passed?, isLast: Bool
  ) -> MemberStep {
    if left > 0 {
      guard lent.count > 0 else { return isLast ? damaged(lent) : .more }
      let count = min(left, lent.count)
      state = .passing(left - count, member)
      return .passed(count, isOfMember: member != nil)
    }
    state = .header
    guard let member else { return next(in: lent.bytes, isLast: isLast) }
    return .member(
      ContainerMember(name: member.name, layout: member.layout, bytes: 0..<0, length: 0))
  }

  /// Told once: what comes behind it cannot be taken apart.
  private mutating func damaged(_ lent: LentBytes) -> MemberStep {
    state = .lost
    number += 1
    return .member(
      ContainerMember(
        name: names.name(nil, "file", number),
        layout: .skipped(.unreadable, detail: "what came of the archive ends within it"),
        bytes: 0..<0, length: lent.count))
  }

  // MARK: Headers

  private static func entry(_ lent: LentBytes, _ nameLength: Int) -> Entry? {
    guard let mode = number(lent, at: 14), let size = number(lent, at: 54) else { return nil }
    let end = headerLength + nameLength
    var name = lent.array(headerLength..<end - 1)
    if name.starts(with: "./".utf8) { name.removeFirst(2) }
    let content = aligned(end)
    return Entry(
      isFile: mode & fileType == regular, size: size, name: name, content: content,
      end: aligned(content + size))
  }

  private static func aligned(_ place: Int) -> Int { (place + 3) & ~3 }

  /// Eight hexadecimal digits.
  private static func number(_ lent: LentBytes, at place: Int) -> Int? {
    var number = 0
    for byte in lent.bytes[place..<place + 8] {
      guard let digit = ByteCursor.digit(byte) else { return nil }
      number = number << 4 | Int(digit)
    }
    return number
  }
}
