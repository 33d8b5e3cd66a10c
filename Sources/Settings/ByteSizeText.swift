// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Sizes as people write them: "16MiB" is 2^24 bytes, "16MB" is 16 million.
enum ByteSizeText {
  private static let bytesPerUnit: [String: Int64] = [
    "B": 1, "kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000,
    "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40,
  ]

  /// The units a size is written back in, in order of preference.
  private static let written = ["TiB", "GiB", "MiB", "TB", "GB", "MB", "KiB", "kB", "B"]

  /// The number of bytes a text stands for; nil when it is no size.
  package static func parse(_ text: String) -> Int? {
    if text == "0" { return 0 }
    var reader = QuantityReader(text)
    guard let bytes = reader.next(units: bytesPerUnit), reader.isAtEnd else { return nil }
    return Int(exactly: bytes)
  }

  /// The size in the first unit that leaves no remainder.
  package static func render(_ bytes: Int) -> String {
    guard bytes != 0 else { return "0" }
    for name in written {
      guard let unit = bytesPerUnit[name], Int64(bytes) % unit == 0 else { continue }
      return "\(Int64(bytes) / unit)\(name)"
    }
    return "\(bytes)B"
  }
}
