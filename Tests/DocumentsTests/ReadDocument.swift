// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates

@testable import Documents

/// Short ways to read in tests.
enum ReadDocument {
  static func text(_ bytes: [UInt8], name: String = "document.txt") -> ReadText? {
    var reader = DocumentReader()
    guard case .document(let text) = reader.read(bytes, name: Array(name.utf8)) else { return nil }
    return text
  }

  static func text(_ content: String, name: String = "document.txt") -> ReadText? {
    text(Array(content.utf8), name: name)
  }

  static func tokens(_ bytes: [UInt8], name: String = "document.txt") -> [UInt32]? {
    text(bytes, name: name)?.fingerprint.tokens
  }

  static func tokens(_ content: String, name: String = "document.txt") -> [UInt32]? {
    tokens(Array(content.utf8), name: name)
  }

  /// Of words that are the text, whatever it looks like.
  static func words(_ text: String) -> [UInt32] {
    var fingerprinter = Fingerprinter()
    guard case .document(let found) = fingerprinter.fingerprint(Array(text.utf8)) else { return [] }
    return found.tokens
  }

  static func skipped(_ bytes: [UInt8], name: String = "document.txt") -> Reading.Cause? {
    var reader = DocumentReader()
    guard case .skipped(let cause, _) = reader.read(bytes, name: Array(name.utf8)) else {
      return nil
    }
    return cause
  }
}
