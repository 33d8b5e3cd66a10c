// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import NearDuplicates

/// One collection with everything around it that the daemon would have.
struct EngineRun: ~Copyable {
  private var fingerprinter = Fingerprinter()
  private var collection = Collection()
  /// The stored contents, traces, clusters and revisions of each document.
  private var contents: [[UInt8]] = [[]]
  private var traces: [[UInt8]] = [[]]
  private var clusters: [UInt32] = [0]
  private var revisions: [[Assignment.Revision]] = [[]]
  private var preparing = 0.0
  private var adding = 0.0
  private(set) var log = ""

  /// The time this thread has had a processor: others on the machine do not count.
  private static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  mutating func add(_ bytes: [UInt8], name: String) {
    guard case .document(let fingerprint) = fingerprinter.fingerprint(bytes) else { return }
    let start = Self.seconds()
    let prepared = PreparedDocument(fingerprint)
    let middle = Self.seconds()
    let stored = contents
    guard
      let assignment = try? collection.add(
        prepared,
        contents: { TokenSequenceCoder.decode(stored[Int($0)]) ?? .init(tokens: [], traits: []) })
    else { return }
    adding += Self.seconds() - middle
    preparing += middle - start
    contents.append(
      TokenSequenceCoder.encode(tokens: fingerprint.tokens, traits: fingerprint.traits))
    traces.append(assignment.trace)
    clusters.append(assignment.cluster)
    revisions.append(assignment.revisions)
    write(assignment, name)
  }

  private mutating func write(_ assignment: Assignment, _ name: String) {
    log += "{\"event\":\"assigned\",\"path\":\"\(name)\",\"cluster\":\"c\(assignment.cluster)\"}\n"
    names.append(name)
    for revision in assignment.revisions {
      switch revision {
      case .merge(let into, let absorbed, _, _):
        let gone = absorbed.map { "\"c\($0)\"" }.joined(separator: ",")
        log += "{\"event\":\"merged\",\"cluster\":\"c\(into)\",\"absorbed\":[\(gone)]}\n"
      case .move(let document, _, let target, _):
        log += "{\"event\":\"moved\",\"path\":\"\(names[Int(document)])\",\"to\":\"c\(target)\"}\n"
      }
    }
  }

  private var names = [""]

  private func perDocument(_ total: Double) -> Double {
    (total / Double(max(1, contents.count - 1)) * 100).rounded() / 100
  }

  func report() {
    let all = revisions.joined()
    let merges = all.count { if case .merge = $0 { true } else { false } }
    let traceBytes = traces.reduce(0) { $0 + $1.count }
    let contentBytes = contents.reduce(0) { $0 + $1.count }
    print("documents \(contents.count - 1), clusters \(collection.clusterCount)")
    print("merges \(merges), moves \(all.count - merges)")
    print("preparing \(perDocument(preparing * 1e6)) us/document")
    print("deciding \(perDocument(adding * 1e6)) us/document")
    print("comparisons \(perDocument(Double(collection.comparisons))) per document")
    print("memory \(perDocument(Double(collection.byteCount))) bytes/document")
    print("trace \(perDocument(Double(traceBytes))) bytes/document")
    print("contents \(perDocument(Double(contentBytes))) bytes/document")
  }

  func reportRestoring() {
    var restored = Collection()
    let start = Self.seconds()
    for document in traces.indices.dropFirst() {
      let number = UInt32(document)
      guard let trace = DocumentTrace(traces[document], document: number) else {
        return print("a trace cannot be read")
      }
      restored.restore(trace, cluster: clusters[document])
      for revision in revisions[document] {
        switch revision {
        case .merge(let into, let absorbed, _, _):
          for cluster in absorbed { restored.restoreMerge(of: cluster, into: into) }
        case .move(let moved, _, let target, _): restored.restoreMove(of: moved, to: target)
        }
      }
    }
    let middle = Self.seconds()
    let stored = contents
    try? restored.finishRestoring {
      TokenSequenceCoder.decode(stored[Int($0)]) ?? .init(tokens: [], traits: [])
    }
    let end = Self.seconds()
    let perSecond = Int(Double(traces.count - 1) / (middle - start))
    print("bringing back \(perSecond) documents/s, counting again \(end - middle) s")
    print("same clusters: \(restored.clusterCount == collection.clusterCount)")
  }
}
