// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// The directory that relative paths are relative to.
enum WorkingDirectory {
  /// Its raw bytes; the root where it is gone.
  static func current() -> [UInt8] {
    guard let path = getcwd(nil, 0) else { return [UInt8(ascii: "/")] }
    defer { free(path) }
    return Array(UnsafeBufferPointer(start: path, count: strlen(path))).map {
      UInt8(bitPattern: $0)
    }
  }
}
