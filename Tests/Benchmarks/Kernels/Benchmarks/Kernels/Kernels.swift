// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Benchmark
import GeneratedTexts
import NearDuplicates

/// What every byte goes through on a worker, by kind of text, in documents of 2.6 KB.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = Benchmark.Configuration(
    metrics: [.cpuTotal], maxDuration: .seconds(5),
    // One run differs from the next by a quarter on a shared machine: what is found is a slip, not
    // a step. Steps are found by counting instructions (scripts/bench instructions).
    thresholds: [.cpuTotal: BenchmarkThresholds(relative: [.p90: 50])])
  // Linux tells of processor time in hundredths of a second: many documents make one measurement.
  let documents = 500
  let repeats = 40
  for (kind, alphabet) in GeneratedText.kinds {
    // The package looks for its thresholds under the name as it is, but writes no spaces.
    let name = String(kind.map { $0 == " " ? "-" : $0 })
    Benchmark("fingerprint-\(name)") { benchmark in
      var generator = GeneratedText(alphabet, seed: 1)
      let texts = (0..<documents).map { _ in generator.document(bytes: 2600) }
      var fingerprinter = Fingerprinter()
      benchmark.startMeasurement()
      for _ in 0..<repeats {
        for text in texts { blackHole(fingerprinter.fingerprint(text)) }
      }
    }
    Benchmark("profile-\(name)") { benchmark in
      var generator = GeneratedText(alphabet, seed: 1)
      var fingerprinter = Fingerprinter(keepsWording: true)
      var gathering = TermGathering()
      let fingerprints = (0..<documents).compactMap { _ -> Fingerprint? in
        let result = fingerprinter.fingerprint(generator.document(bytes: 2600))
        guard case .document(let fingerprint) = result else { return nil }
        return fingerprint
      }
      benchmark.startMeasurement()
      for _ in 0..<repeats {
        for fingerprint in fingerprints { blackHole(PreparedDocument(fingerprint, &gathering)) }
      }
    }
  }
}
