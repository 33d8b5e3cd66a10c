// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// Gives a part of a log that a rotation put aside other lines, in one step: readers see the old or
/// the new file, never a half of one, and after a crash the old one is there.
package enum LogPartRewriter {
  private static let blockSize = 1 << 20

  /// Rewrites a part, compressed if it was, with its owner, mode and times kept.
  ///
  /// - Parameter change: Gets each whole line without its end; nil leaves it as it is.
  package static func rewrite(
    _ path: [UInt8], _ change: (ArraySlice<UInt8>) throws -> [UInt8]?
  ) throws {
    let temporary = temporaryName(of: path, ending: ".new")
    defer { remove(temporary) }
    try write(lines: change, of: path, to: temporary)
    guard LogPart.isGzip(path) else { return try replace(path, by: temporary) }
    let compressed = temporaryName(of: path, ending: ".new.gz")
    defer { remove(compressed) }
    try GzipStream.compress(temporary, to: compressed)
    try replace(path, by: compressed)
  }

  private static func temporaryName(of path: [UInt8], ending: String) -> [UInt8] {
    let slash = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    return path[..<slash] + [UInt8(ascii: ".")] + path[slash...] + ending.utf8
  }

  private static func remove(_ path: [UInt8]) { _ = withPath(path) { unlink($0) } }

  private static func write(
    lines change: (ArraySlice<UInt8>) throws -> [UInt8]?, of path: [UInt8], to new: [UInt8]
  ) throws {
    remove(new)
    let file = try made(new)
    var block: [UInt8] = []
    let unfinished = try LogPart.forEachLine(of: path) { line in
      block += try change(line) ?? Array(line)
      block.append(UInt8(ascii: "\n"))
      if block.count >= blockSize { try flush(&block, file, new) }
    }
    guard unfinished == 0 else {
      throw ClusterLogError(
        .compressed, path, "its last line has no end",
        remedy: "run neardup verify; a part that is torn is left as it is")
    }
    try flush(&block, file, new)
  }

  private static func made(_ path: [UInt8]) throws(ClusterLogError) -> LogDescriptor {
    do throws(SystemError) {
      return try LogDescriptor(
        path: path, flags: O_WRONLY | O_CREAT | O_EXCL | O_APPEND, mode: 0o600)
    } catch {
      throw ClusterLogError(error, path: path)
    }
  }

  private static func flush(
    _ block: inout [UInt8], _ file: borrowing LogDescriptor, _ path: [UInt8]
  ) throws(ClusterLogError) {
    var rest = block[...]
    do throws(SystemError) {
      while !rest.isEmpty { rest = rest.dropFirst(try file.write(rest)) }
    } catch {
      throw ClusterLogError(error, path: path)
    }
    block.removeAll(keepingCapacity: true)
  }

  private static func replace(_ path: [UInt8], by new: [UInt8]) throws(ClusterLogError) {
    do throws(SystemError) {
      var old = stat()
      guard withPath(path, { stat($0, &old) }) == 0 else { throw SystemError("stat") }
      let isOwned = withPath(new) { chown($0, old.st_uid, old.st_gid) } == 0
      guard isOwned, withPath(new, { chmod($0, old.st_mode & 0o7777) }) == 0 else {
        throw SystemError("chown")
      }
      // The times say when it was rotated, by which logrotate(8) keeps it.
      let times = [old.st_atim, old.st_mtim]
      guard withPath(new, { utimensat(AT_FDCWD, $0, times, 0) }) == 0 else {
        throw SystemError("utimensat")
      }
      try LogDescriptor(reading: new).synchronize()
      guard withPath(new, { name in withPath(path) { rename(name, $0) } }) == 0 else {
        throw SystemError("rename")
      }
    } catch {
      throw ClusterLogError(error, path: path)
    }
  }
}
