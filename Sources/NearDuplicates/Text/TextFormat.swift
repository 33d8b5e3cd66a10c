// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How the bytes of a document are to be read.
package enum TextFormat: Sendable, Equatable {
  /// HTML when it begins as HTML does (`<!doctype html`, `<html`), else plain text.
  case automatic
  case plainText
  case html
}
