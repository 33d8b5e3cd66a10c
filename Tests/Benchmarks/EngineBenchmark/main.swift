// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import FoundationEssentials
import Glibc
import NearDuplicates

// Decides on the files of a folder in one thread, in byte order of their names, without daemon,
// state or log, and prints what it costs per document: fingerprint, deriving, deciding, stories,
// memory, bringing back.
//
// usage: EngineBenchmark [--no-stories] FOLDER

let arguments = CommandLine.arguments.dropFirst()
let hasStories = !arguments.contains("--no-stories")
guard let folder = arguments.last, !folder.hasPrefix("--"),
  let listed = try? FileManager.default.contentsOfDirectory(atPath: folder)
else {
  print("usage: EngineBenchmark [--no-stories] FOLDER")
  exit(64)
}

var run = EngineRun(hasStories: hasStories)
for name in listed.sorted(by: { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }) {
  run.add([UInt8](FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()))
}
run.report()
run.reportRestoring()
