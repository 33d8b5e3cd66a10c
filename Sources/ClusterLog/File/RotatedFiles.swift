// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// The files that a rotation makes beside the log: the log's name with something behind it.
enum RotatedFiles {
  /// How many are looked at when the daemon starts: the lines sought are in the newest one or two,
  /// and a directory of years of rotated files must not hold it up.
  static let limit = 16

  private static let compressed = [".gz", ".xz", ".zst", ".bz2", ".lz4"]

  /// Regular, non-empty, uncompressed files, the last modified one first.
  static func newestFirst(of path: [UInt8], limit: Int = limit) -> [[UInt8]] {
    let directory = ClusterLogFile.directory(of: path)
    let name = ClusterLogFile.name(of: path)
    var found: [(path: [UInt8], modified: Int64)] = []
    for entry in names(in: directory) where isPart(entry, of: name) && !isCompressed(entry) {
      let candidate = directory + [UInt8(ascii: "/")] + entry
      guard let status = try? FileStatus(path: candidate), status.isRegular, status.size > 0 else {
        continue
      }
      found.append((candidate, status.modified))
    }
    found.sort { left, right in
      if left.modified != right.modified { return left.modified > right.modified }
      return left.path.lexicographicallyPrecedes(right.path)
    }
    return found.prefix(limit).map(\.path)
  }

  /// The compressed ones, in order of their names.
  static func compressed(of path: [UInt8]) -> [[UInt8]] {
    let directory = ClusterLogFile.directory(of: path)
    let name = ClusterLogFile.name(of: path)
    let entries = names(in: directory).filter { isPart($0, of: name) && isCompressed($0) }
    return entries.sorted { $0.lexicographicallyPrecedes($1) }
      .map { directory + [UInt8(ascii: "/")] + $0 }
  }

  private static func isPart(_ entry: [UInt8], of name: [UInt8]) -> Bool {
    entry.count > name.count && entry.starts(with: name)
  }

  private static func isCompressed(_ name: [UInt8]) -> Bool {
    compressed.contains { name.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  private static func names(in directory: [UInt8]) -> [[UInt8]] {
    guard let stream = withPath(directory, { opendir($0) }) else { return [] }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { buffer in
        Array(buffer.prefix { $0 != 0 })
      }
      names.append(name)
    }
    return names
  }
}
