// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Documents that are to be forgotten.
///
/// On the socket: a line "forget" with the number of bytes that follow it; these are the numbers of
/// the documents, a line each.
package struct ErasureQuestion: Sendable, Equatable {
  /// Numbers of documents in one request at most: a megabyte of digits.
  package static let documentLimit = 90_000
  private static let word = "forget"
  private static let byteLimit = 1 << 20

  package let documents: [UInt32]

  /// - Parameter documents: `documentLimit` at most.
  package init(documents: [UInt32]) { self.documents = documents }

  /// The whole request.
  package var request: [UInt8] {
    let numbers = documents.map { "\($0)\n" }.joined()
    return Array("\(Self.word) \(numbers.utf8.count)\n\(numbers)".utf8)
  }

  /// How many bytes follow the first line of a request; nil when that is another one.
  package static func byteCount(_ line: String) -> Int? {
    let parts = line.split(separator: " ")
    guard parts.count == 2, parts[0] == Self.word, let count = Int(parts[1]),
      0...byteLimit ~= count
    else { return nil }
    return count
  }

  /// Nil when it is not what follows the line of a request.
  package init?(payload: ArraySlice<UInt8>) {
    var documents: [UInt32] = []
    for line in payload.split(separator: UInt8(ascii: "\n")) {
      guard let number = UInt32(String(decoding: line, as: UTF8.self)) else { return nil }
      documents.append(number)
    }
    self.documents = documents
  }
}
