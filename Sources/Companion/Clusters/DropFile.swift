// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Glibc

/// A document's file in its drop directory.
enum DropFile {
  /// Whether nothing is there any more, though by what is recorded something is; false where that
  /// cannot be told.
  static func isGone(_ document: RecordedDocument, in collection: RecordedCollection) -> Bool {
    guard collection.isCurrent(document.number), let file = collection.file(of: document) else {
      return false
    }
    return isGone(file)
  }

  static func isGone(_ path: [UInt8]) -> Bool {
    var status = stat()
    let name = MemberPath.file(path).map { CChar(bitPattern: $0) } + [0]
    guard lstat(name, &status) != 0 else { return false }
    return errno == ENOENT || errno == ENOTDIR
  }
}
