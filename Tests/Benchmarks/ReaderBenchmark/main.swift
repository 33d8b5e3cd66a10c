// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Documents
import GeneratedTexts
import Glibc
import NearDuplicates

// Prints how fast one core goes from the bytes of a file to a fingerprint, in MB/s (10^6 bytes of
// the file), by the format that the same texts are in.
//
// usage: ReaderBenchmark [--rounds N] [FORMAT]...

/// A news article is so long.
let articleBytes = 4000
let articles = 250

/// The time this thread has had a processor: others on the machine do not count.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

var rounds = 9
var wanted = Array(CommandLine.arguments.dropFirst())
if wanted.first == "--rounds" {
  rounds = wanted.dropFirst().first.flatMap { Int($0) } ?? rounds
  wanted.removeFirst(min(2, wanted.count))
}
let wrappings = Wrapping.all.filter { wanted.isEmpty || wanted.contains($0.name) }
var generator = GeneratedText(GeneratedText.typographic, seed: 1)
let texts = (0..<articles).map { _ in generator.document(bytes: articleBytes) }
let files = wrappings.map { wrapping in texts.map { Array(wrapping.wrap($0).utf8) } }

var reader = DocumentReader()
var speeds = wrappings.map { _ in [Double]() }
var words = wrappings.map { _ in 0 }
// In turns, so that a noisy minute is everybody's.
for _ in 0..<rounds {
  for (index, wrapping) in wrappings.enumerated() {
    let name = Array(wrapping.fileName.utf8)
    words[index] = 0
    let start = processorSeconds()
    for file in files[index] {
      if case .document(let text) = reader.read(file, name: name) {
        words[index] += text.fingerprint.words
      }
    }
    let seconds = processorSeconds() - start
    speeds[index].append(Double(files[index].reduce(0) { $0 + $1.count }) / seconds / 1e6)
  }
}
for (index, wrapping) in wrappings.enumerated() {
  let sorted = speeds[index].sorted().map { Int($0) }
  let bytes = files[index].reduce(0) { $0 + $1.count } / articles
  let name = wrapping.name + String(repeating: " ", count: max(1, 18 - wrapping.name.count))
  let (least, median, most) = (sorted[0], sorted[sorted.count / 2], sorted[sorted.count - 1])
  print(
    name + "\(median) MB/s (\(least)–\(most)), \(bytes) bytes and "
      + "\(words[index] / articles) words each")
}
