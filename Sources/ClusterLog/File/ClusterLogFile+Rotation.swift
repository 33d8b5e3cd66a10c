// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension ClusterLogFile {
  /// Whether a rotation took the file away: `reopen` goes on at the right place in either case.
  ///
  /// True when the name is gone or names another file (renamed away, deleted, replaced), and when
  /// the file became shorter than what was written to it (copytruncate). One lstat(2).
  package borrowing func wasReplaced() -> Bool {
    guard let status = try? FileStatus(path: path) else { return true }
    return !status.isSameFile(as: identity) || status.size < offset
  }

  /// Synchronises the old file, then goes on with the one that the name stands for now.
  ///
  /// A missing file is made. On an error the old file stays in use and nothing is lost.
  package mutating func reopen() throws(ClusterLogError) {
    try synchronize()
    var next = try ClusterLogFile(path: path)
    // A lock of flock(2) belongs to the opening: after copytruncate this process would be refused
    // by itself, and an unlocking between would let another daemon in.
    let isSameFile = next.identity.isSameFile(as: identity)
    if isLocked && !isSameFile { try next.lock() }
    try next.checkContinuation()
    if isSameFile {
      swap(&next.descriptor, &descriptor)
      next.isLocked = isLocked
    }
    self = next
  }

  /// Refuses a file that does not end with a whole line of a cluster log.
  private borrowing func checkContinuation() throws(ClusterLogError) {
    let tail: LogTail?
    do throws(SystemError) {
      tail = try LogTail(of: descriptor, size: offset, length: 0)
    } catch {
      throw ClusterLogError(error, path: path)
    }
    guard let tail else { throw .foreign(path, offset: offset) }
    var lines = tail.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let rest = lines.popLast(), rest.isEmpty else { throw .foreign(path, offset: offset) }
    if let line = lines.last, LineHeader(line) == nil {
      throw .foreign(path, offset: tail.offset + line.startIndex)
    }
  }
}
