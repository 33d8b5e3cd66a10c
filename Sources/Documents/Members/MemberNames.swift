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
    let byPlace = Self.place(kind, place)
    guard uses.count < Self.mostNames else { return byPlace }
    let line = wanted.flatMap {
      DocumentDescription.line(String(decoding: $0, as: UTF8.self), limit: Self.longest)
    }
    let own = line.map { Array($0.utf8) } ?? byPlace
    var count = uses[Self.hash(own), default: 0] + 1
    var name = own
    // One may call itself what another one is called by its number.
    while count > 1 {
      name = own + Array(" (\(count))".utf8)
      if uses[Self.hash(name)] == nil { break }
      count += 1
    }
    uses[Self.hash(own)] = count
    if count > 1 { uses[Self.hash(name)] = 1 }
    return name
  }

  private static func hash(_ name: [UInt8]) -> UInt64 {
    name.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The name of a member that goes by its place.
  static func place(_ kind: StaticString, _ place: Int) -> [UInt8] {
    Array("\(kind) \(place)".utf8)
  }
}
