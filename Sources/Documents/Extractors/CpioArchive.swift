// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The members of a cpio archive in the portable format ("newc", cpio(5)).
///
/// What bsdtar makes of a zip archive: names and lengths in digits, one member behind the other.
struct CpioArchive {
  private static let headerLength = 110

  /// In the order of the archive.
  private(set) var members: [(name: String, content: ArraySlice<UInt8>)] = []

  /// Nil when it is none, or is cut off.
  init?(_ bytes: [UInt8]) {
    var place = 0
    while true {
      guard bytes.count - place >= Self.headerLength,
        bytes[place..<place + 6].elementsEqual("070701".utf8),
        let size = Self.number(bytes, place + 54), let nameSize = Self.number(bytes, place + 94)
      else { return nil }
      let name = place + Self.headerLength
      let content = Self.aligned(name + nameSize)
      guard nameSize > 0, content + size <= bytes.count else { return nil }
      let text = String(decoding: bytes[name..<name + nameSize - 1], as: UTF8.self)
      if text == "TRAILER!!!" { return }
      members.append((text, bytes[content..<content + size]))
      place = Self.aligned(content + size)
    }
  }

  func content(_ name: String) -> ArraySlice<UInt8>? {
    members.first { $0.name == name }?.content
  }

  private static func aligned(_ place: Int) -> Int { (place + 3) & ~3 }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int? {
    var number = 0
    for byte in bytes[place..<place + 8] {
      guard let digit = ByteCursor.digit(byte) else { return nil }
      number = number << 4 | Int(digit)
    }
    return number
  }
}
