// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension ClusterLogFile {
  /// Appends whole lines, or nothing: what a full disk cut off is taken back before this throws.
  ///
  /// After an error the same bytes can be appended again; `full` passes when there is room.
  ///
  /// - Parameter bytes: Whole lines with their line ends.
  package mutating func append(_ bytes: [UInt8]) throws(ClusterLogError) {
    guard !bytes.isEmpty else { return }
    if unsynchronized.count + bytes.count > Self.unsynchronizedLimit, !unsynchronized.isEmpty {
      try synchronize()
    }
    do throws(SystemError) {
      try cutIfNeeded()
      // The size is asked for each time: logrotate's copytruncate makes it smaller.
      let start = try descriptor.status().size
      if start < offset { forgetTruncated() }
      // Somebody else's bytes must not lie between those that a failed sync makes us rewrite.
      if start > offset, !unsynchronized.isEmpty { try flush() }
      try write(bytes, at: start)
      offset = start + bytes.count
      unsynchronized.append(contentsOf: bytes)
    } catch {
      throw ClusterLogError(error, path: path)
    }
  }

  /// Puts all that was appended on the disk; see fdatasync(2), which includes the file's size.
  ///
  /// After a failure, the next call writes the same bytes again in place before it syncs.
  package mutating func synchronize() throws(ClusterLogError) {
    do throws(SystemError) {
      try flush()
    } catch {
      throw ClusterLogError(error, path: path)
    }
  }

  private mutating func flush() throws(SystemError) {
    try cutIfNeeded()
    if mustRewrite { try rewriteUnsynchronized() }
    mustRewrite = true
    try descriptor.synchronizeData()
    mustRewrite = false
    unsynchronized.removeAll(keepingCapacity: true)
  }

  private mutating func write(_ bytes: [UInt8], at start: Int) throws(SystemError) {
    var rest = bytes[...]
    do throws(SystemError) {
      while !rest.isEmpty {
        // A short write is followed by one that says why, with errno set.
        rest = rest.dropFirst(try descriptor.write(rest))
      }
    } catch {
      cutFirst = start
      try? cutIfNeeded()
      throw error
    }
  }

  /// Takes back a part of a line; `ftruncate` works on a full file system.
  private mutating func cutIfNeeded() throws(SystemError) {
    guard let end = cutFirst else { return }
    // Never longer: a file that was truncated meanwhile would be filled up with zero bytes.
    if try descriptor.status().size > end { try descriptor.truncate(to: end) }
    cutFirst = nil
  }

  private mutating func rewriteUnsynchronized() throws(SystemError) {
    let size = try descriptor.status().size
    guard size >= offset, offset >= unsynchronized.count else { return forgetTruncated() }
    try descriptor.rewrite(unsynchronized, at: offset - unsynchronized.count)
  }

  /// The file was emptied by a rotation that had copied it: the copy is the rotation's to keep.
  private mutating func forgetTruncated() {
    unsynchronized.removeAll(keepingCapacity: true)
    mustRewrite = false
  }
}
