// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the first bytes say of the encoding (The Unicode Standard, 23.8).
struct ByteOrderMark: Equatable, Sendable {
  let charset: Charset
  let length: Int

  init?(_ bytes: some Collection<UInt8>) {
    let start = Array(bytes.prefix(4))
    // UTF-32 first: its mark begins as that of UTF-16 does, before a NUL.
    let hasWholeUnits = bytes.count.isMultiple(of: 4)
    let marks: [(mark: [UInt8], charset: Charset)] = [
      ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE, 0, 0], Charset.wide[2]),
      ([0, 0, 0xFE, 0xFF], Charset.wide[3]), ([0xFF, 0xFE], Charset.wide[0]),
      ([0xFE, 0xFF], Charset.wide[1]),
    ]
    let found = marks.first {
      start.starts(with: $0.mark) && ($0.mark.count < 4 || hasWholeUnits)
    }
    guard let found else { return nil }
    charset = found.charset
    length = found.mark.count
  }
}
