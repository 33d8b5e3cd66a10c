// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Which documents are to be forgotten.
package struct ForgetSelection: Sendable {
  /// As a user names them; all documents that such a path has been.
  package var paths: [String] = []
  /// By their numbers.
  package var documents: [UInt32] = []
  package var clusters: [UInt32] = []
  /// Those that came before; microseconds since the epoch.
  package var before: Int64?

  package init() {}

  /// Their numbers, ascending; what names nothing that is there is an error, and nothing is done.
  func select(
    from collection: RecordedCollection, dropDirectories: [[UInt8]]
  ) throws(CommandFailure) -> [UInt32] {
    var found: Set<UInt32> = []
    for path in paths {
      let query = PathQuery(
        Array(path.utf8), workingDirectory: WorkingDirectory.current(),
        drops: dropDirectories + Array(collection.drops.values))
      let named = collection.documents.filter {
        query.matches($0.path, drop: collection.drops[$0.drop] ?? [])
      }
      guard !named.isEmpty else { throw Self.missing("of \(TerminalText.safe(path))") }
      found.formUnion(named.map(\.number))
    }
    for number in documents {
      guard collection[number] != nil else { throw Self.missing("of document \(number)") }
      found.insert(number)
    }
    for cluster in clusters {
      let members = collection.clusters.members(of: collection.clusters.survivor(of: cluster))
        .filter { collection[$0] != nil }
      guard !members.isEmpty else { throw Self.missing("in c\(cluster)") }
      found.formUnion(members)
    }
    if let before {
      found.formUnion(collection.documents.filter { $0.arrived < before }.map(\.number))
    }
    return found.sorted()
  }

  private static func missing(_ what: String) -> CommandFailure {
    CommandFailure(
      CommandFailure.notFound,
      "the state has nothing \(what): nothing was forgotten; name it as in the log, or by its "
        + "place in the drop directory")
  }
}
