// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates

// Decides on documents in one thread, without daemon, state or log, and prints what it costs per
// document: fingerprint, deriving, deciding, stories, memory, bringing back. The tokens that the
// daemon would look up in its state are in a temporary file (TMPDIR).

guard let options = BenchmarkOptions(CommandLine.arguments.dropFirst()),
  let source = options.source
else {
  SystemCalls.exit(64, saying: BenchmarkOptions.usage)
}

if options.writes {
  source.forEach(first: options.documents) { SystemCalls.writeToStandardOutput($0 + [0]) }
  SystemCalls.exit(0)
}

func measureFingerprinting() {
  var fingerprinter = Fingerprinter()
  var seconds = 0.0
  var bytes = 0
  var shingles = 0
  // The first ones once more, since they load the tables.
  source.forEach(first: 100) { _ = fingerprinter.fingerprint($0) }
  // As many at a time as the peers do: asking for the time takes part of a microsecond.
  var batch: [[UInt8]] = []
  func measureBatch() {
    let start = SystemCalls.processorSeconds()
    for document in batch {
      if case .document(let fingerprint) = fingerprinter.fingerprint(document) {
        shingles += fingerprint.sketch.hashes.count
      }
    }
    seconds += SystemCalls.processorSeconds() - start
    bytes += batch.reduce(0) { $0 + $1.count }
    batch.removeAll(keepingCapacity: true)
  }
  source.forEach(first: options.fingerprintOnly) { document in
    batch.append(document)
    if batch.count == 400 { measureBatch() }
  }
  measureBatch()
  if seconds == 0 { return }
  let speed = (Double(bytes) / seconds / 1e4).rounded() / 100
  print("{\"fingerprint_only_mb_per_second\": \(speed), \"kept_shingles\": \(shingles)}")
  SystemCalls.flushOutput()
}

func decide() {
  var run = EngineRun(hasStories: options.hasStories, keepsTraces: options.restores)
  var checkpoint = 1000
  var earlier = EngineCosts()
  source.forEach(first: options.documents) { document in
    run.add(document)
    guard options.hasCheckpoints else { return }
    let end = min(checkpoint, options.documents)
    if run.documents == end / 10 * 9 { earlier = run.costsSoFar }
    if run.documents == checkpoint {
      run.reportCheckpoint(since: earlier)
      checkpoint *= 10
    }
  }
  if run.documents == 0 { SystemCalls.exit(65, saying: "EngineBenchmark: no document was found") }
  if options.hasCheckpoints, run.documents * 10 != checkpoint {
    // Where nobody said how many there are, the last tenth is known afterwards only.
    run.reportCheckpoint(since: options.documents == .max ? EngineCosts() : earlier)
  }
  if !options.hasCheckpoints { run.report() }
  if options.restores { run.reportRestoring() }
}

if options.fingerprintOnly > 0 { measureFingerprinting() }
decide()
