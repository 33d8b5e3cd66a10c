// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

@testable import Daemon
@testable import Posix

/// A real drop directory of one test.
struct DropScene {
  let temporary: TemporaryDirectory
  let limits: FileReader.Limits

  init(maximumSize: Int = 1 << 20, followLinks: Bool = false, waitsForWriters: Bool = true) throws {
    temporary = try TemporaryDirectory()
    _ = try temporary.makeDirectory("drop")
    limits = FileReader.Limits(
      maximumSize: maximumSize, followLinks: followLinks, waitsForWriters: waitsForWriters,
      settle: 0, quietTime: 1_000_000_000)
  }

  var path: String { temporary.path("drop") }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// The drop directory as workers see it.
  func places(minimumWords: Int = 1) -> DropPlaces {
    DropPlaces(directories: [Array(path.utf8)], minimumWords: minimumWords, limits: limits)
  }

  @discardableResult
  func write(_ name: String, _ text: String = "some text") throws -> String {
    let path = path(name)
    if let slash = path.lastIndex(of: "/") {
      try FileSystem.makeDirectory(String(path[..<slash]))
    }
    try FileSystem.write(text.utf8, to: path)
    return path
  }

  /// The paths a scan gives, in its order, and the directories it could not list.
  func scan(
    recursive: Bool = true, portion: Int = 65_536,
    wants: ([UInt8], Bool) -> Bool = { _, _ in true },
    willList: ([UInt8]) -> Void = { _ in }
  ) -> (paths: [[UInt8]], problems: [DirectoryScanner.Problem]) {
    let places = places()
    var scanner = DirectoryScanner(
      drop: 0, directory: [], recursive: recursive, portion: portion)
    var paths: [[UInt8]] = []
    while let step = scanner.next(
      openDirectory: { directory throws(Errno) in try places.open(directory, in: 0) },
      wants: wants, willList: willList)
    {
      if case .found(let path) = step { paths.append(path) }
    }
    return (paths, scanner.problems)
  }
}
