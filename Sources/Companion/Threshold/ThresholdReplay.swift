// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import NearDuplicates

/// The documents decided anew, in their order, as if the threshold had always been another one.
struct ThresholdReplay {
  let threshold: Double
  private var collection: Collection
  /// Which document each one of the collection is, which counts from 1 without a gap.
  private var documents: [UInt32] = []
  /// The first one of the collection with the bytes of a document.
  private var firstOfText: [UInt32: UInt32] = [:]

  init(threshold: Double) {
    self.threshold = threshold
    collection = Collection(threshold: threshold)
  }

  /// - Parameter text: which document stores the text: itself, or the one it is identical to.
  mutating func take(
    _ document: UInt32, text: UInt32, _ prepared: PreparedDocument, _ contents: Collection.Contents
  ) throws {
    documents.append(document)
    if let first = firstOfText[text] {
      _ = collection.addIdentical(prepared, to: first)
      return
    }
    let (known, number) = (documents, UInt32(documents.count))
    _ = try collection.add(prepared) { try contents(known[Int($0) - 1]) }
    firstOfText[text] = number
  }

  /// The cluster of each document, by names that mean nothing beyond this replay.
  func clusters() -> [UInt32: UInt32] {
    var clusters: [UInt32: UInt32] = [:]
    for (place, document) in documents.enumerated() {
      clusters[document] = collection.cluster(of: UInt32(place + 1))
    }
    return clusters
  }
}
