// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A stretch of both texts that is shown side by side.
struct ComparisonRow: Sendable, Equatable {
  var first: [MarkedPiece] = []
  var second: [MarkedPiece] = []

  var isEmpty: Bool { first.isEmpty && second.isEmpty }

  /// The sign between the columns, as sdiff(1) has it: " ", "<", ">", "|", and "~" for what moved.
  var sign: Character {
    let pieces = first + second
    if pieces.allSatisfy({ $0.mark == .shared }) { return " " }
    if pieces.allSatisfy(Self.isMoved) { return "~" }
    if second.isEmpty { return "<" }
    return first.isEmpty ? ">" : "|"
  }

  private static func isMoved(_ piece: MarkedPiece) -> Bool {
    switch piece.mark {
    case .leaving, .arriving: true
    // Changed within what moved.
    case .dropped, .added: piece.isContinued
    case .shared: false
    }
  }
}
