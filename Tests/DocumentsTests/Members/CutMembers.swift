// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import TestSupport

@testable import Documents

/// A container cut into its members, as the daemon does it.
struct CutMembers {
  struct Member: Equatable, CustomStringConvertible {
    var name: String
    var bytes: String
    var title: String?
    var words: Int?
    var cause: Reading.Cause?

    var description: String { "\(name): \(words.map(String.init) ?? "\(cause?.rawValue ?? "")")" }
  }

  private(set) var members: [Member] = []
  /// Bytes that belong to no member.
  private(set) var passed = 0
  /// The most bytes that were held.
  private(set) var held = 0

  /// - Parameters:
  ///   - limit: Of a member, in bytes.
  ///   - portions: How many bytes come at a time; all when it is nil.
  init(
    _ content: [UInt8], _ format: ContainerFormat, limit: Int = 1 << 20,
    portions: (() -> Int)? = nil
  ) {
    var cutter = MemberReader(format, limit: limit)
    var documents = DocumentReader()
    var large = 0
    var (start, end) = (0, portions == nil ? content.count : 0)
    content.withUnsafeBytes { content in
      // Each step is done with something, or takes more in: else it would not end.
      for _ in 0...(content.count * 4 + 100) {
        let bytes = UnsafeRawBufferPointer(rebasing: content[start..<end])
        held = max(held, bytes.count)
        switch cutter.next(in: bytes, isLast: end == content.count) {
        case .more:
          precondition(end < content.count, "more than all there is")
          end = min(content.count, end + max(1, portions?() ?? 1))
        case .passed(let count, let isOfMember):
          start += count
          if isOfMember { large += count } else { passed += count }
        case .member(let member):
          let copy = member.content ?? Array(bytes[member.bytes])
          var found = Member(
            name: String(decoding: member.name, as: UTF8.self),
            bytes: String(decoding: copy, as: UTF8.self))
          switch copy.withUnsafeBytes({ documents.read($0, as: member.layout) }) {
          case .document(let text):
            (found.title, found.words) = (text.description.title, text.fingerprint.words)
          case .skipped(let cause, _):
            found.cause = cause
            if large > 0 { found.bytes = "\(large + copy.count) bytes" }
          case .failed: preconditionFailure("no program reads members")
          }
          members.append(found)
          large = 0
          start += member.length
        case .end:
          precondition(start == content.count, "all is done with")
          return
        }
      }
      preconditionFailure("no end")
    }
  }

  init(_ content: String, _ format: ContainerFormat, limit: Int = 1 << 20) {
    self.init(Array(content.utf8), format, limit: limit)
  }

  var names: [String] { members.map(\.name) }

  static func format(_ content: String, name: String = "file") -> ContainerFormat? {
    Array(content.utf8).withUnsafeBytes { ContainerFormat.detect($0, name: Array(name.utf8)) }
  }
}

/// Containers for tests.
///
/// `large` is the number of a member that is much larger than the others.
enum SampleContainer {
  static func lines(_ count: Int, large: Int? = nil) -> String {
    (1...count).map {
      "{\"title\": \"Number \($0) is here\", \"text\": \"\(text($0, large))\"}\n"
    }.joined()
  }

  static func feed(_ count: Int, large: Int? = nil) -> String {
    let items = (1...count).map { number in
      """
      <item><title>Item \(number) of the feed</title><guid isPermaLink="false">g\(number)</guid>
      <description><![CDATA[<p>\(text(number, large)) </item> is no end</p>]]></description></item>

      """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- <item>none</item> -->
      <rss version="2.0"><channel><title>A channel</title><language>en</language>
      <pubDate>Tue, 2 Jan 2024 10:00:00 GMT</pubDate>
      """ + items.joined() + "</channel></rss>\n"
  }

  static func mailbox(_ count: Int, large: Int? = nil) -> String {
    (1...count).map { number in
      """
      From sender@example.org Tue Jan  2 10:00:00 2024
      From: sender@example.org
      To: desk@example.com
      Subject: Mail \(number) to the desk
      Message-ID:
       <\(number)@example.org>

      \(text(number, large))

      From here on it is the same mail.


      """
    }.joined()
  }

  static func archive(_ count: Int, large: Int? = nil) -> String {
    (1...count).map { number in
      let title = "<title>Page \(number) of it</title>"
      let page = "<html><head>\(title)</head><p>\(text(number, large))</html>"
      return record(
        "response", "https://www.example.org/\(number)",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\(page)")
    }.joined()
  }

  static func record(
    _ type: String, _ address: String, _ content: String, length: Int? = nil
  ) -> String {
    "WARC/1.0\r\nWARC-Type: \(type)\r\nWARC-Record-ID: <urn:uuid:\(address.utf8.count)>\r\n"
      + "WARC-Target-URI: \(address)\r\nContent-Length: \(length ?? content.utf8.count)\r\n\r\n"
      + content + "\r\n\r\n"
  }

  private static func text(_ number: Int, _ large: Int?) -> String {
    let text = "The harbour council of place \(number) voted on \(number * 7) berths for ferries. "
    return String(repeating: text, count: number == large ? 400 : 1)
  }
}
