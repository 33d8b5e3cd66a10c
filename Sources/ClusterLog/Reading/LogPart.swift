// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One part of a log from its beginning to its end, compressed with gzip or not.
package enum LogPart {
  /// logrotate(8) and gzip(1) agree on it.
  private static let compressed = ".gz".utf8

  package static func isGzip(_ path: [UInt8]) -> Bool {
    path.suffix(compressed.count).elementsEqual(compressed)
  }

  /// What a compressed part was called before.
  static func original(of path: [UInt8]) -> [UInt8] { Array(path.dropLast(compressed.count)) }

  /// Lends each whole line without its line end; answers how many bytes of a line without an end
  /// come last.
  ///
  /// What `body` throws ends the scan and comes out as it is.
  @discardableResult
  package static func forEachLine(
    of path: [UInt8], _ body: (ArraySlice<UInt8>) throws -> Void
  ) throws -> Int {
    guard isGzip(path) else {
      var file = try LogFileReader(path: path)
      try file.forEachLine(body)
      return file.unfinished
    }
    var stream = try GzipStream(path)
    var assembly = LineAssembly()
    while true {
      let block = try stream.read(count: LogFileReader.blockSize)
      try assembly.take(block, body)
      if block.count < LogFileReader.blockSize { return assembly.carried.count }
    }
  }

  /// The number of the first line; nil when that is none of ours.
  package static func firstSequence(of path: [UInt8]) throws(ClusterLogError) -> UInt64? {
    if isGzip(path) {
      var stream = try GzipStream(path)
      return LineHeader.sequence(try stream.read(count: openingLength)[...])
    }
    let file = try LogFileReader.opened(path)
    do throws(SystemError) {
      return LineHeader.sequence(try file.read(at: 0, count: openingLength)[...])
    } catch {
      throw .unreadable(error, path: path)
    }
  }

  /// The number of a line is in so many bytes.
  private static let openingLength = 128
}
