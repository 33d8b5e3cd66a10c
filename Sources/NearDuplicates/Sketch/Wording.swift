// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The beginning of a document's text, so that some of its words can be shown.
package struct Wording: Sendable, Equatable {
  /// So many bytes are kept.
  static let limit = 1 << 16

  /// UTF-8, mostly.
  let text: [UInt8]

  init(_ text: UnsafeRawBufferPointer) {
    self.text = Array(text.prefix(Wording.limit))
  }
}
