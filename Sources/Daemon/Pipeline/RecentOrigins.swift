// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import StateStore

/// Where the latest documents came from, of which most matches are: the state is asked for others.
///
/// A ring by document number, some 5 MB when it is full.
struct RecentOrigins {
  /// So many documents, a power of two.
  static let limit = 1 << 16

  private struct Entry {
    let document: UInt32
    let origin: FileKey
  }

  private var entries: ContiguousArray<Entry?> = []

  mutating func remember(_ origin: FileKey, of document: UInt32) {
    let place = Int(document) & (Self.limit - 1)
    if place >= entries.count {
      entries.append(contentsOf: repeatElement(nil, count: place + 1 - entries.count))
    }
    entries[place] = Entry(document: document, origin: origin)
  }

  func origin(of document: UInt32) -> FileKey? {
    let place = Int(document) & (Self.limit - 1)
    guard place < entries.count, let entry = entries[place], entry.document == document else {
      return nil
    }
    return entry.origin
  }
}
