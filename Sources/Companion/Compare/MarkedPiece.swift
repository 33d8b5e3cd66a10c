// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A stretch of text with what is to be said of it.
struct MarkedPiece: Sendable, Equatable {
  enum Mark: Sendable, Equatable {
    case shared
    /// Only in the first text, or other words than the second has there.
    case dropped
    /// Only in the second text, or other words than the first has there.
    case added
    /// In the first text; the second has it elsewhere, under the same number.
    case leaving(Int)
    /// In the second text; the first has it elsewhere, under the same number.
    case arriving(Int)
  }

  var mark: Mark
  /// On one line, safe to show.
  var text: String
  /// Whether it goes on with the moved passage that the piece before is of.
  var isContinued = false
  /// Whether the next piece goes on with the moved passage that it is of.
  var continues = false

  /// The text between signs that say the same as colours do.
  func plain(isInline: Bool) -> (start: String, end: String) {
    switch mark {
    case .shared: ("", "")
    case .dropped: ("[-", "-]")
    case .added: ("{+", "+}")
    case .leaving(let number): moved("\(isInline ? "-" : "")\(number)")
    case .arriving(let number): moved("\(isInline ? "+" : "")\(number)")
    }
  }

  /// One pair of signs for a passage, whatever was changed within.
  private func moved(_ label: String) -> (start: String, end: String) {
    (isContinued ? "" : "<\(label): ", continues ? "" : ">")
  }

  /// What goes before the text where colours say the rest: moved passages are told apart by number.
  func label(isInline: Bool) -> String {
    if isContinued { return "" }
    return switch mark {
    case .shared, .dropped, .added: ""
    case .leaving(let number): "\(isInline ? "-" : "")\(number): "
    case .arriving(let number): "\(isInline ? "+" : "")\(number): "
    }
  }

  /// Select Graphic Rendition (ECMA-48): red, green, and blue for what moved; underlined as well,
  /// for those who see no difference between red and green.
  var rendition: String? {
    switch mark {
    case .shared: nil
    case .dropped: "31"
    case .added: "32;4"
    case .leaving: "34"
    case .arriving: "34;4"
    }
  }
}
