// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

@testable import NearDuplicates

/// A collection that begins with nothing, and what is needed to bring it back.
struct ColdCollection {
  struct NotADocument: Error {}

  private(set) var collection = Collection()
  private var texts: [TokenSequence] = []
  private var assignments: [Assignment] = []

  /// The cluster of each document now, in order of arrival.
  var partition: [UInt32] {
    texts.indices.map { collection.cluster(of: UInt32($0 + 1)) }
  }

  static func prepared(_ bytes: [UInt8]) throws -> PreparedDocument {
    var fingerprinter = Fingerprinter()
    guard case .document(let fingerprint) = fingerprinter.fingerprint(bytes) else {
      throw NotADocument()
    }
    return PreparedDocument(fingerprint)
  }

  /// The partition after these documents have come.
  static func partition(_ documents: [PreparedDocument]) throws -> [UInt32] {
    var cold = ColdCollection()
    for document in documents { try cold.add(document) }
    return cold.partition
  }

  @discardableResult
  mutating func add(_ document: PreparedDocument) throws -> Assignment {
    let texts = texts
    let assignment = try collection.add(document) { texts[Int($0) - 1] }
    self.texts.append(
      TokenSequence(tokens: document.fingerprint.tokens, traits: document.fingerprint.traits))
    assignments.append(assignment)
    return assignment
  }

  mutating func probe(_ document: PreparedDocument) throws -> Probe {
    let texts = texts
    return try collection.probe(document) { texts[Int($0) - 1] }
  }

  /// Stops, and begins again from what is stored.
  mutating func restart() throws {
    collection = Collection()
    for (place, assignment) in assignments.enumerated() {
      let number = UInt32(place + 1)
      guard let trace = DocumentTrace(assignment.trace, document: number) else {
        throw NotADocument()
      }
      collection.restore(trace, cluster: assignment.cluster)
      for revision in assignment.revisions {
        switch revision {
        case .merge(let into, let absorbed, _, _):
          for cluster in absorbed { collection.restoreMerge(of: cluster, into: into) }
        case .move(let document, _, let target, _):
          collection.restoreMove(of: document, to: target)
        }
      }
    }
    let texts = texts
    try collection.finishRestoring { texts[Int($0) - 1] }
    collection.checkInvariants()
  }
}
