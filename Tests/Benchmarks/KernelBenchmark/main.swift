// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import GeneratedTexts
import Glibc
import NearDuplicates

// Prints the speed of the fingerprint kernel in MB/s (10^6 bytes) of one core, by kind of text.
//
// usage: KernelBenchmark [FILE]...
// With files, each is a document; without, documents are generated.

let documentBytes = 2600
let repeats = 15

/// The time this thread has had a processor: others on the machine do not count.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func megabytesPerSecond(_ documents: [[UInt8]], _ body: ([UInt8]) -> Void) -> [Double] {
  let bytes = documents.reduce(0) { $0 + $1.count }
  return (0..<repeats).map { _ in
    let start = processorSeconds()
    for document in documents { body(document) }
    return Double(bytes) / (processorSeconds() - start) / 1e6
  }.sorted()
}

func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

func report(_ name: String, _ documents: [[UInt8]]) {
  var fingerprinter = Fingerprinter()
  var words = 0
  var kept = 0
  let speeds = megabytesPerSecond(documents) { document in
    if case .document(let fingerprint) = fingerprinter.fingerprint(document) {
      words += fingerprint.words
      kept += fingerprint.sketch.hashes.count
    }
  }
  let runs = documents.count * repeats
  let median = Int(speeds[speeds.count / 2])
  print(
    padded(name, 18), padded("\(median) MB/s", 12),
    padded("(\(Int(speeds[0]))–\(Int(speeds[speeds.count - 1])))", 14),
    "\(words / runs) words, \(kept / runs) kept of \(documents.count) documents each")
}

func contents(of path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else { return [] }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
    bytes += chunk[..<count]
  }
  return bytes
}

/// What every start pays for the table of weights; that of Unicode is there before.
func reportWeights() {
  var fingerprinter = Fingerprinter()
  _ = fingerprinter.fingerprint([0x61])
  let start = processorSeconds()
  let weight = TokenWeights.shared.weight(of: 0, traits: 0)
  let milliseconds = (processorSeconds() - start) * 1e3
  print(
    padded("table of weights", 18), "\((milliseconds * 100).rounded() / 100) ms, absent: \(weight)")
}

let paths = CommandLine.arguments.dropFirst()
if paths.isEmpty {
  reportWeights()
  for (name, alphabet) in GeneratedText.kinds {
    var generator = GeneratedText(alphabet, seed: 1)
    report(name, (0..<2000).map { _ in generator.document(bytes: documentBytes) })
  }
  // Nobody writes like this, but somebody may drop it: none may be far slower than the rest.
  let hostile: [(String, String)] = [
    ("apostrophes", "' a"), ("letters", "a b "), ("accents", "é a "), ("line ends", "a-\n"),
    ("short lines", "a\n"), ("numbers", "1 "), ("numbered lines", "12\n"),
    ("one shingle", "same "), ("marks", "\u{301}\u{323}"), ("long word", "abcdefgh"),
    ("expansions", "\u{FDFA}"), ("page", "<p>a &amp; b"),
  ]
  for (name, unit) in hostile {
    let start = name == "page" ? "<html>" : "a"
    report(
      name, [Array((start + String(repeating: unit, count: 1_000_000 / unit.utf8.count)).utf8)])
  }
} else {
  report("files", paths.map { contents(of: $0) })
}
