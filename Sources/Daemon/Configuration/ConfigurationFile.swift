// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// The bytes of a configuration file.
package enum ConfigurationFile {
  /// No configuration is this long; what is, is the wrong file, and perhaps an endless one.
  static let largest = 1 << 20

  /// Reads a whole file, open(2) and read(2); nil when there is none.
  package static func read(_ path: String) throws(ConfigurationError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { return nil }
      throw failure(path, code)
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        let code = errno
        if code == EINTR { continue }
        throw failure(path, code)
      }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= largest else {
        throw ConfigurationError(
          .file(path, line: nil), "the file is larger than 1 MiB",
          remedy: "is it really the configuration?")
      }
    }
  }

  private static func failure(_ path: String, _ code: Int32) -> ConfigurationError {
    let remedy =
      code == EACCES ? "make it readable for the user the program runs as" : nil
    return ConfigurationError(
      .file(path, line: nil), "cannot be read: \(String(cString: strerror(code)))",
      remedy: remedy)
  }
}
