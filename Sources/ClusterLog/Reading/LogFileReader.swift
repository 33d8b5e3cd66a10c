// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Reads a log file, or a rotated part of one, from the beginning and line by line.
package struct LogFileReader: ~Copyable {
  /// The file's name, raw bytes.
  package let path: [UInt8]
  /// Where the next block begins, in bytes.
  private var offset = 0
  private let descriptor: LogDescriptor
  private let identity: FileStatus
  private var assembly = LineAssembly()

  static let blockSize = 1 << 20

  /// Opens a file for reading; a link is followed.
  package init(path: [UInt8]) throws(ClusterLogError) {
    let opened = try Self.opened(path)
    let status = try Self.status(of: opened, path)
    guard status.isRegular else { throw .notRegular(path) }
    self.path = path
    descriptor = opened
    identity = status
  }

  static func opened(_ path: [UInt8]) throws(ClusterLogError) -> LogDescriptor {
    do throws(SystemError) {
      return try LogDescriptor(reading: path)
    } catch {
      throw .unreadable(error, path: path)
    }
  }

  static func status(
    of file: borrowing LogDescriptor, _ path: [UInt8]
  ) throws(ClusterLogError) -> FileStatus {
    do throws(SystemError) {
      return try file.status()
    } catch {
      throw .unreadable(error, path: path)
    }
  }

  /// How much of the last line was read, when the file does not end with a line end.
  package var unfinished: Int { assembly.carried.count }

  /// In bytes; the file may have grown since.
  package var sizeAtOpening: Int { identity.size }

  /// Goes on from a place in the file.
  package mutating func seek(to offset: Int) {
    self.offset = offset
    assembly.removeAll()
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
      try assembly.take(block, body)
      if block.count < Self.blockSize { return }
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
