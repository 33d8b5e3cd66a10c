// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Operations on paths relative to a drop directory, as raw bytes.
package enum RelativePath {
  package static let separator = UInt8(ascii: "/")

  package static func joined(_ directory: [UInt8], _ name: some Collection<UInt8>) -> [UInt8] {
    if directory.isEmpty { return Array(name) }
    var path = [UInt8]()
    path.reserveCapacity(directory.count + 1 + name.count)
    path.append(contentsOf: directory)
    path.append(separator)
    path.append(contentsOf: name)
    return path
  }

  package static func components(_ path: [UInt8]) -> [ArraySlice<UInt8>] {
    path.split(separator: separator)
  }

  /// The directory that the last component lies in, empty for the drop directory itself.
  package static func parent(_ path: [UInt8]) -> [UInt8] {
    path.lastIndex(of: separator).map { Array(path[..<$0]) } ?? []
  }

  /// Whether `path` lies in `directory` (the empty path is the drop directory itself).
  package static func isInside(_ path: [UInt8], _ directory: [UInt8]) -> Bool {
    directory.isEmpty
      || (path.count > directory.count && path.starts(with: directory)
        && path[directory.count] == separator)
  }
}
