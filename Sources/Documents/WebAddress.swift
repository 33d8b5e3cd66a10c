// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Addresses as documents give them (RFC 3986).
enum WebAddress {
  /// The host in small letters, without "www."; nil when the text is no address.
  static func host(_ address: String) -> String? {
    let bytes = Array(address.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon + 2 < bytes.count,
      bytes[colon + 1] == UInt8(ascii: "/"), bytes[colon + 2] == UInt8(ascii: "/")
    else { return nil }
    var authority = bytes[(colon + 3)...].prefix { !"/?#\\".utf8.contains($0) }
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) { authority = authority[(at + 1)...] }
    authority = authority.prefix { $0 != UInt8(ascii: ":") }
    return host(Array(authority))
  }

  /// The host of a mail address, which may have a name before it and stand in angle brackets.
  static func host(ofMail address: String) -> String? {
    let bytes = Array(address.utf8)
    guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return nil }
    return host(Array(bytes[(at + 1)...].prefix { isPartOfHost($0) }))
  }

  private static func host(_ bytes: [UInt8]) -> String? {
    guard bytes.contains(UInt8(ascii: ".")), bytes.allSatisfy({ isPartOfHost($0) }) else {
      return nil
    }
    let name = String(decoding: bytes, as: UTF8.self).lowercased()
    return name.hasPrefix("www.") ? String(name.dropFirst(4)) : name
  }

  private static func isPartOfHost(_ byte: UInt8) -> Bool {
    ByteCursor.isLetterOrDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
      || byte >= 0x80
  }
}
