// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Synchronization
import Systemd
import Testing

@Suite("Unread messages", .timeLimit(.minutes(10)))
struct UnreadMessagesTests {
  /// A reader that takes so many bytes and then waits.
  private final class Reader: Sendable {
    private let state = Mutex<(room: Int, read: [UInt8])>((0, []))

    func give(_ room: Int) { state.withLock { $0.room = room } }

    var text: String { String(decoding: state.withLock { $0.read }, as: UTF8.self) }

    func take(_ bytes: [UInt8]) -> UnreadMessages.Answer {
      state.withLock { state in
        let part = bytes.prefix(state.room)
        state.read += part
        state.room -= part.count
        let rest = Array(bytes.dropFirst(part.count))
        return rest.isEmpty ? .taken : .refused(rest: rest)
      }
    }
  }

  private func messages(_ reader: Reader) -> UnreadMessages {
    UnreadMessages(loss: { Array("(\($0) lost)".utf8) }, offer: { reader.take($0) })
  }

  @Test("are offered again, in order")
  func again() {
    let reader = Reader()
    let unread = messages(reader)
    for text in ["a", "b"] { unread.send(Array(text.utf8)) }
    #expect(reader.text == "")
    reader.give(100)
    unread.send(Array("c".utf8))
    #expect(reader.text == "abc")
  }

  @Test("are whole, whatever part of one is taken")
  func parts() {
    let reader = Reader()
    let unread = messages(reader)
    reader.give(2)
    unread.send(Array("first ".utf8))
    unread.send(Array("second ".utf8))
    #expect(reader.text == "fi")
    reader.give(100)
    unread.flush(within: .zero)
    #expect(reader.text == "first second ")
  }

  @Test("are bounded: the latest are kept, the others counted")
  func bounded() {
    let reader = Reader()
    let unread = messages(reader)
    for number in 0..<(UnreadMessages.limit + 5) { unread.send(Array("\(number) ".utf8)) }
    reader.give(10_000)
    unread.send(Array("last".utf8))
    #expect(reader.text.hasPrefix("(6 lost)6 7 "))
    #expect(reader.text.hasSuffix("68 last"))
  }

  @Test("that can never be taken hold up none")
  func failed() {
    let unread = UnreadMessages(loss: { _ in [] }, offer: { _ in .failed(2) })
    #expect(unread.send([1]) == 2)
    #expect(unread.send([2]) == 2)
  }
}
