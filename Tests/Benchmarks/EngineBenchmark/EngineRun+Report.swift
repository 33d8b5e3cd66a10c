// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates

extension EngineRun {
  func report() {
    let costs = costsSoFar
    let all = revisions.values.joined()
    let merges = all.count { if case .merge = $0 { true } else { false } }
    print("documents \(costs.documents), clusters \(collection.clusterCount)")
    print("merges \(merges), moves \(all.count - merges), stories \(stories?.storyCount ?? 0)")
    print("documents/s of one core \(Int(Double(costs.documents) / costs.total))")
    print("fingerprint \(costs.microseconds(costs.fingerprinting)) us/document")
    print("fingerprint \(Int(Double(costs.bytes) / costs.fingerprinting / 1e6)) MB/s")
    print("preparing \(costs.microseconds(costs.preparing)) us/document")
    print("deciding \(costs.microseconds(costs.deciding)) us/document")
    print("stories \(costs.microseconds(costs.linking)) us/document")
    print("reading tokens \(costs.microseconds(costs.reading)) us/document, not in the others")
    print("comparisons \(costs.perDocument(Double(collection.comparisons))) per document")
    print("resident \(costs.perDocument(Double(residentBytes))) bytes/document")
    print("index \(costs.perDocument(Double(collection.byteCount))) bytes/document")
    if let stories {
      print("stories \(costs.perDocument(Double(stories.byteCount))) bytes/document")
    }
    print("trace \(costs.perDocument(Double(traces.byteCount))) bytes/document")
    print("tokens \(costs.perDocument(Double(contents.byteCount))) bytes/document")
  }

  /// One JSON object in one line: what the documents after `earlier` cost, and what all occupy.
  func reportCheckpoint(since earlier: EngineCosts) {
    let all = costsSoFar
    let last = all - earlier
    let fields: [(String, Double)] = [
      ("documents", Double(all.documents)), ("bytes", Double(all.bytes)),
      ("measured_documents", Double(last.documents)),
      ("measured_bytes", Double(last.bytes)),
      ("us_per_document", last.microseconds(last.total)),
      ("us_fingerprint", last.microseconds(last.fingerprinting)),
      ("us_preparing", last.microseconds(last.preparing)),
      ("us_deciding", last.microseconds(last.deciding)),
      ("us_stories", last.microseconds(last.linking)),
      ("us_reading_tokens", last.microseconds(last.reading)),
      ("documents_per_second", (Double(all.documents) / all.total).rounded()),
      ("resident_per_document", all.perDocument(Double(residentBytes))),
      ("index_per_document", all.perDocument(Double(collection.byteCount))),
      ("stories_per_document", all.perDocument(Double(stories?.byteCount ?? 0))),
    ]
    print("{\(fields.map { "\"\($0)\": \($1)" }.joined(separator: ", "))}")
    SystemCalls.flushOutput()
  }
}
