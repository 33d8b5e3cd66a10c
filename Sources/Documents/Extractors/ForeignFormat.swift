// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// A format that programs of their own read, told by its content, the name being a hint.
package enum ForeignFormat: Sendable, Equatable {
  case pdf
  /// Word's before 2007.
  case word
  case zipped(ZippedDocument)
  /// A single file, compressed with this.
  case compressed(String)
  /// Several files, called so.
  case archive(String)
  /// A document that is a zip archive without its text, and what is missing.
  case damaged(String)

  private static let spreadsheet = "spreadsheet"
  /// Junk before a PDF's header is let pass so far, as PDF readers do.
  private static let junkBeforePDF = 1024
  /// The name of a stream, in UTF-16.
  private static let wordStream: [UInt8] = "WordDocument".utf8.reduce(into: []) { $0 += [$1, 0] }

  /// Nil for nearly all files, after a look at a few bytes.
  package init?(_ bytes: UnsafeRawBufferPointer, name: [UInt8]) {
    guard let first = bytes.first else { return nil }
    switch first {
    case UInt8(ascii: "%") where bytes.starts(with: "%PDF-".utf8): self = .pdf
    case UInt8(ascii: "P") where ZipDirectory.begins(bytes): self.init(zip: bytes)
    case 0x1F where bytes.starts(with: [0x1F, 0x8B]): self = .compressed("gzip")
    case 0xFD where bytes.starts(with: [0xFD] + Array("7zXZ\0".utf8)): self = .compressed("xz")
    case 0x28 where bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]): self = .compressed("Zstandard")
    case UInt8(ascii: "B") where Self.isBzip2(bytes): self = .compressed("bzip2")
    case 0xD0 where bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]):
      guard Self.contains(bytes, Self.wordStream) else { return nil }
      self = .word
    case UInt8(ascii: "7") where bytes.starts(with: Array("7z".utf8) + [0xBC, 0xAF, 0x27, 0x1C]):
      self = .archive("7z")
    default:
      if Self.isTar(bytes) {
        self = .archive("tar")
      } else if Self.ends(name, ".pdf"), Self.contains(bytes.prefix(Self.junkBeforePDF), "%PDF-") {
        self = .pdf
      } else {
        return nil
      }
    }
  }

  /// A file of which only the beginning and the end were read, if it may hold several documents.
  ///
  /// - Parameter end: The list of a zip archive is there, of what is no document at least.
  package init?(packed start: UnsafeRawBufferPointer, end: UnsafeRawBufferPointer) {
    if ZipDirectory.begins(start) {
      let directory = ZipDirectory(end)
      if let directory, ZippedDocument(directory) != nil || directory.has("xl/workbook.xml") {
        return nil
      }
      self = .archive("zip")
      return
    }
    guard let format = ForeignFormat(start, name: []), format.isPacked else { return nil }
    self = format
  }

  private init(zip bytes: UnsafeRawBufferPointer) {
    guard let directory = ZipDirectory(bytes) else {
      self = .damaged("a zip archive that is cut off or damaged")
      return
    }
    if let document = ZippedDocument(directory) {
      self = .zipped(document)
    } else if directory.has("xl/workbook.xml") {
      self = .archive(Self.spreadsheet)
    } else if directory.has("[Content_Types].xml") || directory.has("mimetype") {
      self = .damaged("an office document without a text")
    } else {
      self = .archive("zip")
    }
  }

  /// The magic of the file and that of its first block.
  private static func isBzip2(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: "BZh".utf8) && bytes.count > 10
      && bytes[4..<10].elementsEqual([0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
  }

  /// POSIX's and GNU's; the name before the magic is filled up with NULs.
  private static func isTar(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 512 && bytes[257] == UInt8(ascii: "u")
      && bytes[257..<262].elementsEqual("ustar".utf8) && bytes[..<257].contains(0)
  }

  private static func ends(_ name: [UInt8], _ ending: String) -> Bool {
    name.suffix(ending.utf8.count).map { ByteCursor.lowercased($0) }.elementsEqual(ending.utf8)
  }

  private static func contains(
    _ bytes: some RandomAccessCollection<UInt8>, _ wanted: String
  ) -> Bool {
    let found = Array(bytes)
    return found.withUnsafeBytes { contains($0, Array(wanted.utf8)) }
  }

  private static func contains(_ bytes: UnsafeRawBufferPointer, _ wanted: [UInt8]) -> Bool {
    guard let base = bytes.baseAddress, let first = wanted.first else { return false }
    var place = 0
    while place + wanted.count <= bytes.count,
      let found = memchr(base + place, Int32(first), bytes.count - place - wanted.count + 1)
    {
      place = UnsafeRawPointer(found) - base
      if bytes[place..<place + wanted.count].elementsEqual(wanted) { return true }
      place += 1
    }
    return false
  }
}

extension ForeignFormat {
  /// The program that it takes; nil where there is none for it.
  package var purpose: Extractors.Purpose? {
    switch self {
    case .pdf: .pdf
    case .word: .word
    case .zipped: .zipped
    case .compressed: .compressed
    case .archive(let kind): kind == Self.spreadsheet ? nil : .archive
    case .damaged: nil
    }
  }

  /// Whether it is files of their own.
  var isArchive: Bool { purpose == .archive }

  /// Whether it may hold several documents, behind a program that takes it apart.
  package var isPacked: Bool { purpose == .archive || purpose == .compressed }

  /// What it is called in messages.
  package var name: String {
    switch self {
    case .pdf: "a PDF document"
    case .word: "a Word document"
    case .zipped(let document): "a document of \(document.rawValue)"
    case .compressed(let method): "a file compressed with \(method)"
    case .archive(Self.spreadsheet): "a spreadsheet"
    case .archive(let kind): "a \(kind) archive"
    case .damaged(let what): what
    }
  }
}
