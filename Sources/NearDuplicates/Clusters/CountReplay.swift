// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The documents that the cluster counts still know, noted while a collection is brought back.
///
/// The counts hold two generations, so that those before are nothing to them; the rest is counted
/// again from the contents.
struct CountReplay: Sendable {
  struct Entry: Sendable {
    let document: UInt32
    let mates: [UInt32]
  }

  private(set) var entries: [Entry] = []
  /// Entries of the generation before the current one.
  private var older = 0
  private var begun = 0
  private var turns = 0

  /// Whether something came before the entries that are kept.
  var isCut: Bool { turns >= 2 }

  mutating func append(_ document: UInt32, mates: [UInt32]) {
    entries.append(Entry(document: document, mates: mates))
    guard mates.isEmpty else { return }
    begun += 1
    guard begun == ClusterCounts.generation else { return }
    entries.removeFirst(older)
    older = entries.count
    begun = 0
    turns += 1
  }
}
