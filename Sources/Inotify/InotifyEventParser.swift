// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Takes struct inotify_event records out of bytes; pure, and safe against any bytes at all.
///
/// A record is wd (Int32), mask, cookie and len (UInt32), native byte order, then `len` bytes of
/// name padded with NUL (inotify(7)).
package enum InotifyEventParser {
  private static let headerSize = 16

  /// Calls `body` for each record, in order, and returns their number.
  ///
  /// Truncated input throws `.malformedEvents`, after the whole records before it were given out.
  @discardableResult
  package static func parse(
    _ bytes: RawSpan, _ body: (InotifyEvent) -> Void
  ) throws(InotifyError) -> Int {
    var offset = 0
    var count = 0
    while offset < bytes.byteCount {
      let rest = bytes.byteCount - offset
      guard rest >= headerSize else { throw .malformedEvents(at: offset) }
      let length = bytes.unsafeLoadUnaligned(fromByteOffset: offset + 12, as: UInt32.self)
      guard Int(length) <= rest - headerSize else { throw .malformedEvents(at: offset) }
      let watch = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Int32.self)
      let mask = bytes.unsafeLoadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
      let cookie = bytes.unsafeLoadUnaligned(fromByteOffset: offset + 8, as: UInt32.self)
      let start = offset + headerSize
      let end = start + Int(length)
      body(
        InotifyEvent(
          watch: WatchDescriptor(rawValue: watch), mask: EventMask(rawValue: mask),
          cookie: cookie, name: name(bytes.extracting(start..<end))))
      offset = end
      count += 1
    }
    return count
  }

  /// The bytes up to the first NUL; what follows is padding.
  private static func name(_ field: RawSpan) -> [UInt8] {
    var name: [UInt8] = []
    name.reserveCapacity(field.byteCount)
    for index in 0..<field.byteCount {
      let byte = field.unsafeLoad(fromByteOffset: index, as: UInt8.self)
      if byte == 0 { break }
      name.append(byte)
    }
    return name
  }
}
