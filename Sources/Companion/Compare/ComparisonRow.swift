// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A stretch of both texts that is shown side by side.
struct ComparisonRow: Sendable, Equatable {
  var first: [MarkedPiece] = []
  var second: [MarkedPiece] = []

  var isEmpty: Bool { first.isEmpty && second.isEmpty }

  /// The sign between the columns, as sdiff(1) has it: " ", "<", ">", "|", and "~" for moved only.
  var sign: Character {
    let marks = (first + second).map(\.mark)
    if marks.allSatisfy({ $0 == .shared }) { return " " }
    if marks.allSatisfy(Self.isMoved) { return "~" }
    if second.isEmpty { return "<" }
    return first.isEmpty ? ">" : "|"
  }

  private static func isMoved(_ mark: MarkedPiece.Mark) -> Bool {
    switch mark {
    case .leaving, .arriving: true
    case .shared, .dropped, .added: false
    }
  }
}
