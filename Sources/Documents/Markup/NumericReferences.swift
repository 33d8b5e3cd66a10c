// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Plain text whose letters were exported as numeric references ("&#x4e2d;").
enum NumericReferences {
  /// So many within this many bytes make text of references; prose has none.
  private static let enough = 6
  private static let sampleSize = 512

  static func areIn(_ bytes: some Collection<UInt8>) -> Bool {
    var count = 0
    var rest = bytes.prefix(sampleSize)
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      rest = rest[start...].dropFirst()
      guard rest.first == UInt8(ascii: "#") else { continue }
      let digits = rest.dropFirst().prefix(8)
      if let end = digits.firstIndex(of: UInt8(ascii: ";")), end != digits.startIndex { count += 1 }
      if count >= enough { return true }
    }
    return false
  }
}
