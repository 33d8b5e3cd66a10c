// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Systemd
import TestSupport
import Testing

@Suite("Message identifier", .timeLimit(.minutes(10)))
struct MessageIdentifierTests {
  /// One entry of the catalogue: its header lines and its text.
  private struct Entry {
    var identifier: String
    var headers: [Substring] = []
    var text: [Substring] = []
    var isInText = false
  }

  private static func catalogue() throws -> [Entry] {
    let top = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let bytes = try FileSystem.read("/\(top)/systemd/neardupd.catalog")
    var entries: [Entry] = []
    for line in String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false) where !line.hasPrefix("#")
    {
      if line.hasPrefix("-- ") {
        entries.append(Entry(identifier: String(line.dropFirst(3))))
      } else if let last = entries.indices.last {
        if entries[last].isInText {
          entries[last].text.append(line)
        } else if line.isEmpty {
          entries[last].isInText = true
        } else {
          entries[last].headers.append(line)
        }
      }
    }
    return entries
  }

  @Test("is 32 lower-case hexadecimal digits, each once")
  func form() {
    for identifier in MessageIdentifier.allCases {
      #expect(identifier.rawValue.wholeMatch(of: /[0-9a-f]{32}/) != nil, "\(identifier)")
    }
    #expect(Set(MessageIdentifier.allCases.map(\.rawValue)).count == 16)
  }

  @Test("the catalogue explains every identifier and no other")
  func catalogue() throws {
    let entries = try Self.catalogue()
    #expect(
      entries.map(\.identifier).sorted() == MessageIdentifier.allCases.map(\.rawValue).sorted())
  }

  @Test("each explanation has a subject, what it means and what to do")
  func explanations() throws {
    for entry in try Self.catalogue() {
      #expect(entry.headers.contains { $0.hasPrefix("Subject: ") }, "\(entry.identifier)")
      #expect(entry.headers.contains { $0.hasPrefix("Defined-By: ") }, "\(entry.identifier)")
      #expect(entry.text.joined().count > 80, "\(entry.identifier)")
    }
  }
}
