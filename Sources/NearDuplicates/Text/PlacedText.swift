// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A document's text as its words were taken from it, and where they stand.
package struct PlacedText: Sendable, Equatable {
  /// UTF-8, without markup; what was malformed in the file still is.
  package let text: [UInt8]
  /// The bytes of each token, ascending, none shared by two; empty for a token that comes of the
  /// same character as the one before, as those of "½" do.
  package let places: [Range<Int>]

  package init(text: [UInt8], places: [Range<Int>]) {
    self.text = text
    self.places = places
  }
}
