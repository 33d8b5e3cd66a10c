// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a reader made of a document.
struct Extraction: Sendable {
  /// UTF-8 without markup, paragraphs set off by empty lines.
  var text: [UInt8]
  var description = DocumentDescription()
}
