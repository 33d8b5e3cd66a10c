// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Documents
import Glibc
import NearDuplicates

// PairMeasureDump TEXTS STREAMS OUT: what the engine measures of the pairs that it compares, for
// fitting the pair model (Tests/Benchmarks/PairModel).
//
// TEXTS has a line for each document: the number of its cluster, a tab, its path. STREAMS has a
// line
// for each collection: the documents in their order of arrival, by their line in TEXTS. OUT gets
// for
// each pair the numbers of the newer and the older document and the measures, four bytes each. The
// names of the measures go to the standard output.

func fail(_ message: String) -> Never {
  let line = Array("PairMeasureDump: \(message)\n".utf8)
  _ = write(2, line, line.count)
  exit(64)
}

func contents(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else { fail("cannot read \(path)") }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&chunk, 1, chunk.count, file)
    if count == 0 { return bytes }
    bytes += chunk[..<count]
  }
}

func lines(_ path: String) -> [Substring] {
  String(decoding: contents(path), as: UTF8.self).split(separator: "\n")
}

struct LabelledText {
  let cluster: Int
  /// Nil for what the engine would not take in.
  let document: PreparedDocument?
}

let arguments = CommandLine.arguments
guard arguments.count == 4 else { fail("usage: PairMeasureDump TEXTS STREAMS OUT") }
var reader = DocumentReader()
let texts = lines(arguments[1]).map { line in
  let fields = line.split(separator: "\t")
  guard fields.count == 2, let cluster = Int(fields[0]) else {
    fail("no cluster and path: \(line)")
  }
  let path = String(fields[1])
  guard case .document(let text) = reader.read(contents(path), name: Array(path.utf8)),
    !text.fingerprint.tokens.isEmpty
  else { return LabelledText(cluster: cluster, document: nil) }
  return LabelledText(cluster: cluster, document: PreparedDocument(text.fingerprint))
}
guard let output = fopen(arguments[3], "w") else { fail("cannot write \(arguments[3])") }
for line in lines(arguments[2]) {
  var stream = LabelledStream()
  for field in line.split(separator: " ") {
    guard let place = Int(field), texts.indices.contains(place) else { fail("no text \(field)") }
    guard let document = texts[place].document else { continue }
    for pair in try stream.add(document, name: place, label: texts[place].cluster) {
      var row = [Int32(pair.newer), Int32(pair.older)]
      row += pair.measures.map { Int32(bitPattern: $0.bitPattern) }
      fwrite(&row, 4, row.count, output)
    }
  }
}
guard fclose(output) == 0 else { fail("cannot write \(arguments[3])") }
print(LabelledStream.measureNames.joined(separator: "\n"))
