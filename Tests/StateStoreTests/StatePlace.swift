// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport

@testable import StateStore

/// A state directory of a test's own, and batches to put into it.
final class StatePlace {
  let directory: TemporaryDirectory
  let state: [UInt8]

  init() throws {
    directory = try TemporaryDirectory()
    state = Array(directory.path("state").utf8)
  }

  var database: String { directory.path("state/neardupd.sqlite") }

  func open(schemeVersion: Int = 3) throws(StateStoreError) -> StateStore {
    try StateStore.open(directory: state, schemeVersion: schemeVersion)
  }

  static func document(_ number: UInt32) -> StoredDocument {
    let odd = number.isMultiple(of: 2)
    return StoredDocument(
      document: number, drop: 1, path: [0xE9, 0x0A] + Array("\(number)".utf8),
      bytes: 1 << 40, sha256: Array(repeating: UInt8(truncatingIfNeeded: number), count: 32),
      words: 400, cluster: number / 2 + 1, story: odd ? 7 : nil, identicalTo: odd ? 1 : nil,
      replaces: odd ? nil : 9, arrived: -5, sketch: odd ? [] : [1, 2, 3, 0])
  }

  static func file(_ path: String, document: UInt32? = nil) -> StoredFile {
    StoredFile(
      key: FileKey(drop: 1, path: Array(path.utf8)), device: .max, inode: 1 << 63, size: 5,
      modified: -1, changed: 1_795_289_400_000_000_001, document: document,
      sha256: document == nil ? nil : Array(repeating: 4, count: 32),
      skipReason: document == nil ? "binary" : nil)
  }

  /// A batch of `count` documents, each with tokens, a file and a line.
  static func batch(_ store: StateStore, count: UInt32, tokens: Int = 10) -> StateBatch {
    var batch = StateBatch()
    for number in store.nextDocument..<(store.nextDocument + count) {
      batch.documents.append(document(number))
      batch.contents.append(
        StoredContent(document: number, tokens: Array(repeating: 8, count: tokens)))
      batch.files.append(file("f\(number)", document: number))
    }
    for index in 0..<UInt64(count) {
      batch.lines += Array("line \(store.nextSequence + index)\n".utf8)
    }
    batch.lineCount = Int(count)
    return batch
  }

  static func documents(_ store: StateStore) throws -> [StoredDocument] {
    var documents: [StoredDocument] = []
    try store.makeReader().snapshot { state in
      try state.forEachDocument { documents.append($0.stored()) }
    }
    return documents
  }
}
