// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A file that holds several documents, each a document of its own.
package enum ContainerFormat: Sendable, Equatable {
  /// A JSON object a line.
  case jsonLines
  /// RSS or Atom with several items.
  case feed
  /// Mails behind one another, each behind a line that begins with "From " (mboxrd, mboxo).
  case mailbox
  /// WARC (ISO 28500).
  case webArchive
  /// The same with each record compressed by gzip.
  case compressedWebArchive
  /// Files, as a program takes an archive of any kind apart (`ForeignFormat.archive`).
  case archive

  private static let lineEndings: [StaticString] = [".jsonl", ".ndjson", ".jsonlines", ".ldjson"]

  /// A quick look that nearly all texts pass by: whether bytes can begin a container.
  package static func mayBegin(_ bytes: UnsafeRawBufferPointer, name: [UInt8]) -> Bool {
    let lent = LentBytes(bytes)
    switch lent.byte(at: start(lent)) {
    case UInt8(ascii: "{"), UInt8(ascii: "<"): return true
    case UInt8(ascii: "F"): return lent.follows("From ", at: 0)
    case UInt8(ascii: "W"): return lent.follows("WARC/", at: 0)
    case 0x1F: return GzipMember.begins(lent)
    default: return isNamedLines(name)
    }
  }

  /// What a file is as far as its beginning tells; nil when it is one document, or none.
  ///
  /// - Parameter bytes: All of it, or more than its first members.
  package static func detect(_ bytes: UnsafeRawBufferPointer, name: [UInt8]) -> ContainerFormat? {
    guard mayBegin(bytes, name: name) else { return nil }
    let lent = LentBytes(bytes)
    let start = start(lent)
    switch lent.byte(at: start) {
    case UInt8(ascii: "<"): return FeedCutter.hasSeveralItems(lent) ? .feed : nil
    case 0x1F where GzipMember.begins(lent):
      return CompressedArchiveCutter.isArchive(lent) ? .compressedWebArchive : nil
    case UInt8(ascii: "W") where lent.follows("WARC/", at: 0): return .webArchive
    case UInt8(ascii: "F") where lent.follows("From ", at: 0):
      return MailboxCutter.hasSeveralMails(lent) ? .mailbox : nil
    default:
      return LineCutter.areObjects(lent, from: start, isNamed: isNamedLines(name))
        ? .jsonLines : nil
    }
  }

  /// Behind a mark of UTF-8 and white space.
  private static func start(_ bytes: LentBytes) -> Int {
    bytes.skippingSpace(from: bytes.follows("\u{FEFF}", at: 0) ? 3 : 0)
  }

  private static func isNamedLines(_ name: [UInt8]) -> Bool {
    guard let last = name.last, "lnsLNS".utf8.contains(last) else { return false }
    return name.withUnsafeBytes { name in
      let lent = LentBytes(name)
      return lineEndings.contains {
        lent.followsInAnyCase($0, at: name.count - $0.utf8CodeUnitCount)
      }
    }
  }
}
