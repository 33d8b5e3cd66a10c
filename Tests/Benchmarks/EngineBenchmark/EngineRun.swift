// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import NearDuplicates

/// One collection with everything around it that the daemon would have in memory.
struct EngineRun: ~Copyable {
  private var fingerprinter = Fingerprinter()
  private var gathering = TermGathering()
  private var collection = Collection()
  private var stories: Stories?
  /// Of each document, from 1: stored tokens, trace, cluster, revisions.
  private var contents: [[UInt8]] = [[]]
  private var traces: [[UInt8]] = [[]]
  private var clusters: [UInt32] = [0]
  private var revisions: [[Assignment.Revision]] = [[]]
  private var bytes = 0
  /// Processor time in seconds.
  private var fingerprinting = 0.0
  private var preparing = 0.0
  private var deciding = 0.0
  private var linking = 0.0

  init(hasStories: Bool) {
    stories = hasStories ? Stories(window: .max) : nil
  }

  /// The time this thread has had a processor: others on the machine do not count.
  private static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  mutating func add(_ document: [UInt8]) {
    let times = [Self.seconds()]
    guard case .document(let fingerprint) = fingerprinter.fingerprint(document) else { return }
    decide(fingerprint, times + [Self.seconds()])
    bytes += document.count
  }

  private mutating func decide(_ fingerprint: Fingerprint, _ before: [Double]) {
    let prepared =
      stories == nil
      ? PreparedDocument(fingerprint) : PreparedDocument(fingerprint, &gathering)
    let times = before + [Self.seconds()]
    let stored = contents
    guard
      let assignment = try? collection.add(
        prepared,
        contents: { TokenSequenceCoder.decode(stored[Int($0)]) ?? .init(tokens: [], traits: []) })
    else { return }
    let decided = Self.seconds()
    if let text = prepared.story, stories?.story(of: assignment.cluster) == nil {
      let number = UInt32(contents.count)
      _ = stories?.link(
        text, cluster: assignment.cluster, document: number, time: Int64(number))
    }
    linking += Self.seconds() - decided
    deciding += decided - times[2]
    preparing += times[2] - times[1]
    fingerprinting += times[1] - times[0]
    contents.append(
      TokenSequenceCoder.encode(tokens: fingerprint.tokens, traits: fingerprint.traits))
    traces.append(assignment.trace)
    clusters.append(assignment.cluster)
    revisions.append(assignment.revisions)
  }

  private func perDocument(_ total: Double) -> Double {
    (total / Double(max(1, contents.count - 1)) * 100).rounded() / 100
  }

  func report() {
    let all = revisions.joined()
    let merges = all.count { if case .merge = $0 { true } else { false } }
    let total = fingerprinting + preparing + deciding + linking
    print("documents \(contents.count - 1), clusters \(collection.clusterCount)")
    print("merges \(merges), moves \(all.count - merges), stories \(stories?.storyCount ?? 0)")
    print("documents/s of one core \(Int(Double(contents.count - 1) / total))")
    print("fingerprint \(perDocument(fingerprinting * 1e6)) us/document")
    print("fingerprint \(Int(Double(bytes) / fingerprinting / 1e6)) MB/s")
    print("preparing \(perDocument(preparing * 1e6)) us/document")
    print("deciding \(perDocument(deciding * 1e6)) us/document")
    print("stories \(perDocument(linking * 1e6)) us/document")
    print("comparisons \(perDocument(Double(collection.comparisons))) per document")
    print("index \(perDocument(Double(collection.byteCount))) bytes/document")
    print("trace \(perDocument(Double(traces.reduce(0) { $0 + $1.count }))) bytes/document")
    print("tokens \(perDocument(Double(contents.reduce(0) { $0 + $1.count }))) bytes/document")
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
