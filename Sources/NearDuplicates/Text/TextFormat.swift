// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How the bytes of a document are to be read.
package enum TextFormat: Sendable, Equatable {
  /// HTML when it begins as HTML does (`<!doctype html`, `<html`), else plain text.
  case automatic
  case plainText
  case html
}

extension TextFormat {
  /// HTML by the name of the file, `.html` or `.htm` in any case; else by the content.
  package init(path: [UInt8]) {
    let ending = path.suffix(5).map { $0 | 0x20 }
    let isHTML =
      ending.elementsEqual(".html".utf8) || ending.suffix(4).elementsEqual(".htm".utf8)
    self = isHTML ? .html : .automatic
  }
}
