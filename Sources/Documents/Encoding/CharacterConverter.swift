// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// The C library's conversion to UTF-8 (iconv(3)); the one place that calls it.
struct CharacterConverter: ~Copyable {
  private static let chunk = 1 << 14
  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  private let descriptor: iconv_t
  /// What is left out where bytes mean nothing.
  private let unit: Int

  /// Nil when the library does not know the encoding.
  init?(from name: String) {
    unit = name.hasPrefix("UTF-32") ? 4 : name.hasPrefix("UTF-16") ? 2 : 1
    let opened = iconv_open("UTF-8", name)
    // What iconv_open(3) answers for an error is (iconv_t) -1.
    guard let opened, Int(bitPattern: opened) != -1 else { return nil }
    descriptor = opened
  }

  deinit {
    iconv_close(descriptor)
  }

  /// The text in UTF-8, and how many bytes mean nothing, which become U+FFFD.
  ///
  /// A character that the end cuts off does not count.
  func convert(_ bytes: ArraySlice<UInt8>) -> (text: [UInt8], malformed: Int) {
    iconv(descriptor, nil, nil, nil, nil)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 3 / 2)
    var malformed = 0
    var rest = bytes
    var buffer = [CChar](repeating: 0, count: Self.chunk)
    while !rest.isEmpty {
      let (taken, written, number) = step(rest, &buffer)
      text.append(contentsOf: buffer[..<written].lazy.map { UInt8(bitPattern: $0) })
      rest = rest.dropFirst(taken)
      switch number {
      case EILSEQ:
        text += Self.replacement
        malformed += 1
        rest = rest.dropFirst(unit)
      case EINVAL: rest = []
      case E2BIG, 0: break
      default: rest = []
      }
      if number == 0, taken == 0 { break }
    }
    return (text, malformed)
  }

  /// Converts as much as there is room for.
  private func step(
    _ bytes: ArraySlice<UInt8>, _ buffer: inout [CChar]
  ) -> (taken: Int, written: Int, errno: Int32) {
    bytes.withUnsafeBytes { source in
      buffer.withUnsafeMutableBufferPointer { target in
        // iconv(3) reads through a pointer that its declaration does not call constant.
        var from = UnsafeMutablePointer(
          mutating: source.baseAddress?.assumingMemoryBound(to: CChar.self))
        var left = source.count
        var to = target.baseAddress
        var room = target.count
        let result = iconv(descriptor, &from, &left, &to, &room)
        let number = errno
        return (source.count - left, target.count - room, result == -1 ? number : 0)
      }
    }
  }
}
