// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Archives as libarchive's bsdtar makes them, of any kind that it knows by its ending.
package enum ArchiveFile {
  package static let program = "/usr/bin/bsdtar"

  package static var isInstalled: Bool { FileSystem.exists(program) }

  /// - Parameter ending: "zip", "tar", "tar.gz", "tgz", "tar.xz", "tar.zst", "7z".
  package static func bytes(
    _ files: [(name: String, content: [UInt8])], ending: String
  ) throws -> [UInt8] {
    let directory = try TemporaryDirectory()
    let (source, target) = (directory.path("source"), directory.path("archive.\(ending)"))
    try FileSystem.makeDirectory(source)
    for (name, content) in files {
      if let slash = name.lastIndex(of: "/") {
        try FileSystem.makeDirectory("\(source)/\(name[..<slash])")
      }
      try FileSystem.write(content, to: "\(source)/\(name)")
    }
    let process = try ChildProcess(
      program, ["-a", "-cf", target, "-C", source] + files.map(\.name),
      environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
    let status = try process.waitForExit(within: 60)
    precondition(status == .exited(0), "bsdtar: \(process.standardError)")
    return try FileSystem.read(target)
  }

  package static func bytes(
    _ files: [(name: String, text: String)], ending: String
  ) throws -> [UInt8] {
    try bytes(files.map { ($0.name, Array($0.text.utf8)) }, ending: ending)
  }
}
