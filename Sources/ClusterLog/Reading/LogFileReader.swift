// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// Reads a log file, or a rotated part of one, from the beginning and line by line.
package struct LogFileReader: ~Copyable {
  /// The file's name, raw bytes.
  package let path: [UInt8]
  /// Where the next block begins, in bytes.
  private var offset = 0
  private let descriptor: LogDescriptor
  private let identity: FileStatus
  /// The beginning of a line whose end was not read yet.
  private var carried: [UInt8] = []

  private static let blockSize = 1 << 20

  /// Opens a file for reading; a link is followed.
  package init(path: [UInt8]) throws(ClusterLogError) {
    let opened = try Self.opened(path)
    let status = try Self.status(of: opened, path)
    guard status.isRegular else { throw .notRegular(path) }
    self.path = path
    descriptor = opened
    identity = status
  }

  private static func opened(_ path: [UInt8]) throws(ClusterLogError) -> LogDescriptor {
    do throws(SystemError) {
      return try LogDescriptor(reading: path)
    } catch {
      throw .unreadable(error, path: path)
    }
  }

  private static func status(
    of file: borrowing LogDescriptor, _ path: [UInt8]
  ) throws(ClusterLogError) -> FileStatus {
    do throws(SystemError) {
      return try file.status()
    } catch {
      throw .unreadable(error, path: path)
    }
  }

  /// How much of the last line was read, when the file does not end with a line end.
  package var unfinished: Int { carried.count }

  /// Goes on from a place in the file.
  package mutating func seek(to offset: Int) {
    self.offset = offset
    carried.removeAll(keepingCapacity: true)
  }

  /// Lends each whole line that is there by now, without its line end; again for later ones.
  ///
  /// What `body` throws ends the scan and comes out as it is.
  package mutating func forEachLine(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
    while true {
      let block: [UInt8]
      do throws(SystemError) {
        block = try descriptor.read(at: offset, count: Self.blockSize)
      } catch {
        throw ClusterLogError.unreadable(error, path: path)
      }
      offset += block.count
      try deliver(block, body)
      if block.count < Self.blockSize { return }
    }
  }

  private mutating func deliver(
    _ block: [UInt8], _ body: (ArraySlice<UInt8>) throws -> Void
  ) rethrows {
    var start = 0
    while let end = Self.lineEnd(in: block, from: start) {
      if carried.isEmpty {
        try body(block[start..<end])
      } else {
        carried += block[start..<end]
        let line = carried
        carried.removeAll(keepingCapacity: true)
        try body(line[...])
      }
      start = end + 1
    }
    carried += block[start...]
  }

  /// memchr(3), which looks at many bytes at a time.
  private static func lineEnd(in block: [UInt8], from start: Int) -> Int? {
    block.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }
}

extension LogFileReader {
  /// What became of the file since it was opened.
  package enum Change: Sendable, Equatable {
    case none
    /// The name stands for another file, or for none.
    case replaced
    /// The file is shorter than what was read of it: it was copied and cut.
    case truncated
  }

  /// Compares the file with what its name stands for now.
  package borrowing func change() -> Change {
    guard let named = try? FileStatus(following: path), named.isSameFile(as: identity) else {
      return .replaced
    }
    return named.size < offset ? .truncated : .none
  }
}
