// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates

extension EngineRun {
  func reportRestoring() {
    var restored = Collection()
    let start = SystemCalls.processorSeconds()
    for number in 1..<UInt32(traces.count) {
      guard let trace = DocumentTrace(traces.record(Int(number)), document: number) else {
        return print("a trace cannot be read")
      }
      restored.restore(trace, cluster: clusters[Int(number)])
      for revision in revisions[number] ?? [] {
        switch revision {
        case .merge(let into, let absorbed, _, _):
          for cluster in absorbed { restored.restoreMerge(of: cluster, into: into) }
        case .move(let moved, _, let target, _): restored.restoreMove(of: moved, to: target)
        }
      }
    }
    let middle = SystemCalls.processorSeconds()
    let stored = contents
    try? restored.finishRestoring { stored.tokens(Int($0)) }
    let end = SystemCalls.processorSeconds()
    let perSecond = Int(Double(traces.count - 1) / (middle - start - traces.readingSeconds))
    print("bringing back \(perSecond) documents/s, counting again \(end - middle) s")
    print("same clusters: \(restored.clusterCount == collection.clusterCount)")
  }
}
