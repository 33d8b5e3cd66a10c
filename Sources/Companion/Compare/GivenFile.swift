// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// A file that was named on the command line, or standard input as "-".
package struct GivenFile: Sendable, Equatable {
  /// What the command line calls standard input.
  package static let standardInput = "-"

  /// As it was given.
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// Why a file cannot be read.
  package enum Failure: Error, Equatable {
    case system(String, errno: Int32)
    case tooLarge(String, limit: Int)
  }

  /// Reads links, pipes and sockets as well; unlike the daemon, for which anybody may drop them.
  ///
  /// - Parameter limit: Bytes; reading stops beyond it, so an endless pipe fills no memory.
  package static func read(_ name: String, limit: Int) throws(Failure) -> GivenFile {
    let isInput = name == standardInput
    let descriptor = isInput ? dup(STDIN_FILENO) : open(name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(name, errno: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw .system(name, errno: errno) }
      if count == 0 { return GivenFile(name: name, bytes: bytes) }
      bytes += buffer[..<count]
      if bytes.count > limit { throw .tooLarge(name, limit: limit) }
    }
  }
}

extension GivenFile.Failure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .system(let name, let number):
      "\(TerminalText.safe(name)): \(String(cString: strerror(number)))"
    case .tooLarge(let name, let limit):
      "\(TerminalText.safe(name)): more than \(limit) bytes, which is drop.max-size"
    }
  }
}
