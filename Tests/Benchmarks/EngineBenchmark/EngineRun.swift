// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Documents
import NearDuplicates

/// One collection with everything around it that the daemon would have in memory.
struct EngineRun: ~Copyable {
  private var reader = DocumentReader()
  private var gathering = TermGathering()
  private(set) var collection = Collection()
  private(set) var stories: Stories?
  /// Of each document, from 1: stored tokens, trace, cluster.
  let contents = RecordFile()
  let traces = RecordFile()
  private(set) var clusters: [UInt32] = [0]
  /// Of the documents that had some.
  private(set) var revisions: [UInt32: [Assignment.Revision]] = [:]
  private var costs = EngineCosts()
  /// Whether what is needed to bring the collection back is kept.
  private let keepsTraces: Bool
  private let residentBefore = SystemCalls.residentBytes()

  init(hasStories: Bool, keepsTraces: Bool) {
    stories = hasStories ? Stories(window: .max) : nil
    self.keepsTraces = keepsTraces
    // Numbers of documents start at 1.
    contents.append([])
    traces.append([])
  }

  var documents: Int { costs.documents }

  /// So far.
  var costsSoFar: EngineCosts {
    var costs = costs
    costs.reading = contents.readingSeconds
    costs.deciding -= contents.readingSeconds
    return costs
  }

  /// Bytes in memory since the beginning, without what only the benchmark keeps.
  var residentBytes: Int {
    SystemCalls.residentBytes() - residentBefore - contents.residentBytes - traces.residentBytes
      - clusters.count * MemoryLayout<UInt32>.stride
  }

  mutating func add(_ document: [UInt8]) {
    let start = SystemCalls.processorSeconds()
    guard case .document(let text) = reader.read(document, name: []) else { return }
    let fingerprint = text.fingerprint
    let fingerprinted = SystemCalls.processorSeconds()
    let prepared =
      stories == nil
      ? PreparedDocument(fingerprint) : PreparedDocument(fingerprint, &gathering)
    costs.fingerprinting += fingerprinted - start
    costs.preparing += SystemCalls.processorSeconds() - fingerprinted
    costs.bytes += document.count
    decide(prepared)
    contents.append(
      TokenSequenceCoder.encode(tokens: fingerprint.tokens, traits: fingerprint.traits))
  }

  private mutating func decide(_ prepared: PreparedDocument) {
    let start = SystemCalls.processorSeconds()
    let stored = contents
    guard let assignment = try? collection.add(prepared, contents: { stored.tokens(Int($0)) })
    else { return }
    let decided = SystemCalls.processorSeconds()
    let number = UInt32(costs.documents + 1)
    if let text = prepared.story, stories?.story(of: assignment.cluster) == nil {
      _ = stories?.link(
        text, cluster: assignment.cluster, document: number, time: Int64(number))
    }
    costs.linking += SystemCalls.processorSeconds() - decided
    costs.deciding += decided - start
    costs.documents += 1
    clusters.append(assignment.cluster)
    if !assignment.revisions.isEmpty { revisions[number] = assignment.revisions }
    if keepsTraces { traces.append(assignment.trace) }
  }
}
