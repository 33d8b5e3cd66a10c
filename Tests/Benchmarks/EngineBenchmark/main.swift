// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import NearDuplicates

// Clusters the files of a folder, in byte order of their names, without daemon, state or log, and
// prints what it costs per document: deriving, deciding, memory, the trace, bringing back.
//
// usage: EngineBenchmark [--log FILE] FOLDER
// The log has what a cluster log has of the decisions, for scoring.

var logPath: String?
var folder: String?
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
  if argument == "--log" { logPath = arguments.popFirst() } else { folder = argument }
}
guard let folder else {
  print("usage: EngineBenchmark [--log FILE] FOLDER")
  exit(64)
}

let names = Folder.names(folder)
var run = EngineRun()
for name in names { run.add(Folder.contents("\(folder)/\(name)"), name: name) }
run.report()
run.reportRestoring()
if let logPath { Folder.write(run.log, to: logPath) }
