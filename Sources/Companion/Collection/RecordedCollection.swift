// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// All documents with their clusters and stories, as the state or the log has them.
package struct RecordedCollection: Sendable {
  /// What it was read from.
  package enum Source: String, Sendable { case state, log }

  package let source: Source
  /// In order of their numbers.
  package private(set) var documents: [RecordedDocument] = []
  package private(set) var clusters = Partition()
  /// Only the log says which document is in which story; of the state this is empty.
  package private(set) var stories = Partition()
  /// The drop directories by number; of a log that names none, empty names.
  package private(set) var drops: [UInt32: [UInt8]] = [:]

  private var removed: Set<UInt32> = []
  private var successors: [UInt32: UInt32] = [:]
  private var dropNumbers: [[UInt8]: UInt32] = [:]

  init(source: Source) { self.source = source }

  // MARK: Asking

  /// A document by its number.
  package subscript(number: UInt32) -> RecordedDocument? {
    guard let first = documents.first?.number, number >= first else { return nil }
    // Numbers have no gap unless parts of the log are missing.
    let place = Int(number - first)
    if place < documents.count, documents[place].number == number { return documents[place] }
    var range = documents.indices
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if documents[middle].number == number { return documents[middle] }
      range =
        documents[middle].number < number
        ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }

  /// The document that took a document's place at its path.
  package func successor(of document: UInt32) -> UInt32? { successors[document] }

  /// Whether it was recorded that the document's file was deleted (`on-delete = "forget"`).
  package func isRemoved(_ document: UInt32) -> Bool { removed.contains(document) }

  /// Whether the path still stands for the document, as far as is recorded.
  package func isCurrent(_ document: UInt32) -> Bool {
    successors[document] == nil && !removed.contains(document)
  }

  /// Whether documents of more than one drop directory are in it.
  package var hasSeveralDrops: Bool { drops.count > 1 }

  /// The path, after the drop directory when there are several.
  package func name(of document: RecordedDocument) -> [UInt8] {
    hasSeveralDrops ? file(of: document) ?? document.path : document.path
  }

  /// The path in the file system; nil where the drop directory is not known.
  package func file(of document: RecordedDocument) -> [UInt8]? {
    guard let drop = drops[document.drop], !drop.isEmpty else { return nil }
    return drop + [UInt8(ascii: "/")] + document.path
  }

  // MARK: Building

  mutating func setDrops(_ drops: [UInt32: [UInt8]]) {
    self.drops = drops
    for (number, name) in drops { dropNumbers[name] = number }
  }

  /// The number of a drop directory, given out when it is first met.
  mutating func dropNumber(of name: [UInt8]) -> UInt32 {
    if let known = dropNumbers[name] { return known }
    let number = UInt32(dropNumbers.count + 1)
    dropNumbers[name] = number
    drops[number] = name
    return number
  }

  mutating func reserveCapacity(_ documents: Int) {
    self.documents.reserveCapacity(documents)
    clusters.reserveCapacity(documents)
  }

  mutating func append(_ document: RecordedDocument) {
    documents.append(document)
    clusters.put(document.number, into: document.cluster)
    if let replaced = document.replaces { successors[replaced] = document.number }
  }

  mutating func moveDocument(_ document: UInt32, to cluster: UInt32) {
    clusters.put(document, into: cluster)
  }

  mutating func mergeCluster(_ absorbed: UInt32, into survivor: UInt32) {
    clusters.fold(absorbed, into: survivor)
  }

  mutating func putDocument(_ document: UInt32, intoStory story: UInt32) {
    stories.put(document, into: story)
  }

  mutating func mergeStory(_ absorbed: UInt32, into survivor: UInt32) {
    stories.fold(absorbed, into: survivor)
  }

  mutating func remove(_ document: UInt32) { removed.insert(document) }
}
