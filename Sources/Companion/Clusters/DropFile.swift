// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// A document's file in its drop directory.
enum DropFile {
  /// Whether nothing is there any more; false where that cannot be told.
  static func isGone(_ document: RecordedDocument, in collection: RecordedCollection) -> Bool {
    guard let drop = collection.drops[document.drop], !drop.isEmpty else { return false }
    return isGone(drop + [UInt8(ascii: "/")] + document.path)
  }

  static func isGone(_ path: [UInt8]) -> Bool {
    var status = stat()
    let name = path.map { CChar(bitPattern: $0) } + [0]
    guard lstat(name, &status) != 0 else { return false }
    return errno == ENOENT || errno == ENOTDIR
  }
}
