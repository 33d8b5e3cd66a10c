// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Inotify
import Testing

@Suite("Inotify event parser", .timeLimit(.minutes(10)))
struct InotifyEventParserTests {
  /// A record as the kernel lays it out, with `padding` NULs after the name.
  private static func record(
    _ watch: Int32, _ mask: EventMask, _ cookie: UInt32 = 0, name: String = "", padding: Int = 0,
    length: UInt32? = nil
  ) -> [UInt8] {
    let field = Array(name.utf8) + [UInt8](repeating: 0, count: padding)
    var bytes: [UInt8] = []
    withUnsafeBytes(of: watch) { bytes += $0 }
    withUnsafeBytes(of: mask.rawValue) { bytes += $0 }
    withUnsafeBytes(of: cookie) { bytes += $0 }
    withUnsafeBytes(of: length ?? UInt32(field.count)) { bytes += $0 }
    return bytes + field
  }

  private func parse(_ bytes: [UInt8]) -> ([InotifyEvent], InotifyError?) {
    var events: [InotifyEvent] = []
    do {
      let count = try InotifyEventParser.parse(bytes.span.bytes) { events.append($0) }
      #expect(count == events.count)
      return (events, nil)
    } catch {
      return (events, error)
    }
  }

  @Test("takes several records out of one read")
  func several() {
    let (events, error) = parse(
      Self.record(1, [.create, .isDirectory], name: "tree", padding: 12)
        + Self.record(2, .movedTo, 77, name: "fifteen bytes..", padding: 1)
        + Self.record(-1, .queueOverflow))
    #expect(error == nil)
    #expect(
      events == [
        InotifyEvent(
          watch: WatchDescriptor(rawValue: 1), mask: [.create, .isDirectory], cookie: 0,
          name: Array("tree".utf8)),
        InotifyEvent(
          watch: WatchDescriptor(rawValue: 2), mask: .movedTo, cookie: 77,
          name: Array("fifteen bytes..".utf8)),
        InotifyEvent(
          watch: WatchDescriptor(rawValue: -1), mask: .queueOverflow, cookie: 0, name: []),
      ])
  }

  @Test("takes a name that fills its field, an unaligned record, and nothing at all")
  func edges() {
    #expect(parse([]).0.isEmpty && parse([]).1 == nil)
    let (events, error) = parse(
      Self.record(1, .create, name: "odd") + Self.record(2, .create, name: "x", padding: 15))
    #expect(error == nil)
    #expect(events.map(\.name) == [Array("odd".utf8), Array("x".utf8)])
  }

  @Test("gives out the whole records before a cut, wherever the cut is")
  func truncated() {
    let first = Self.record(1, .create, name: "first", padding: 11)
    let both = first + Self.record(2, .create, name: "second", padding: 10)
    for length in first.count + 1..<both.count {
      let (events, error) = parse(Array(both[..<length]))
      #expect(events.map(\.name) == [Array("first".utf8)])
      #expect(error?.code == .malformedEvents)
    }
  }

  @Test("refuses a length beyond the end", arguments: [17, 1 << 31, UInt32.max])
  func overlong(length: UInt32) {
    let bytes = Self.record(1, .create, name: "name", padding: 12, length: length)
    #expect(parse(bytes).1?.code == .malformedEvents)
  }

  @Test("survives any bytes and never reports more than fits")
  func arbitrary() {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<2000 {
      var bytes: [UInt8] = []
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      for _ in 0..<(state >> 57) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        // Mostly zeros, or no length would ever fit.
        bytes.append(state >> 60 == 0 ? UInt8(truncatingIfNeeded: state >> 40) : 0)
      }
      let (events, error) = parse(bytes)
      #expect(events.count * 16 <= bytes.count)
      #expect(error == nil || error?.code == .malformedEvents)
    }
  }
}
