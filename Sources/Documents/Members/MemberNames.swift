// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Names for the members of one container, no two alike.
///
/// A member is called what it calls itself, so that it keeps its name when others come or go before
/// it; the second of that name has a number behind it.
struct MemberNames: Sendable {
  /// Sixteen megabytes; members beyond it go by their place.
  private static let mostNames = 1 << 20
  private static let longest = 400

  private var uses: [UInt64: Int] = [:]

  /// - Parameters:
  ///   - wanted: What it calls itself; nil where it does not.
  ///   - kind: What a member is, for one that goes by its place.
  ///   - place: Which of the members it is, from 1.
  mutating func name(_ wanted: [UInt8]?, _ kind: StaticString, _ place: Int) -> [UInt8] {
    let own = wanted.flatMap {
      DocumentDescription.line(String(decoding: $0, as: UTF8.self), limit: Self.longest)
    }
    guard let own, uses.count < Self.mostNames else { return Self.place(kind, place) }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in own.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let count = uses[hash, default: 0] + 1
    uses[hash] = count
    return Array((count == 1 ? own : "\(own) (\(count))").utf8)
  }

  /// The name of a member that goes by its place.
  static func place(_ kind: StaticString, _ place: Int) -> [UInt8] {
    Array("\(kind) \(place)".utf8)
  }
}
