// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

extension RecordedCollection {
  /// Folds one more record in; records come in their order.
  mutating func take(_ logged: LoggedRecord) {
    switch logged.record {
    case .assigned(let assigned):
      append(
        RecordedDocument(
          assigned, drop: dropNumber(of: assigned.drop ?? []), arrived: logged.time))
      if let story = assigned.story { putDocument(assigned.document, intoStory: story) }
    case .moved(let moved): moveDocument(moved.document, to: moved.to)
    case .merged(let merged):
      for absorbed in merged.absorbed { mergeCluster(absorbed, into: merged.cluster) }
    case .storyMoved(let moved): putDocument(moved.document, intoStory: moved.to)
    case .storyMerged(let merged):
      for absorbed in merged.absorbed { mergeStory(absorbed, into: merged.story) }
    case .removed(let removed): remove(removed.document)
    case .skipped, .expired: break
    }
  }
}

extension RecordedDocument {
  init(_ assigned: Assigned, drop: UInt32, arrived: Int64) {
    self.init(
      number: assigned.document, drop: drop, path: assigned.path, bytes: assigned.bytes,
      sha256: assigned.sha256, words: assigned.words, cluster: assigned.cluster,
      relation: assigned.relation,
      identicalTo: assigned.relation == .identical ? assigned.match?.document : nil,
      replaces: assigned.replaces, arrived: arrived)
  }
}
