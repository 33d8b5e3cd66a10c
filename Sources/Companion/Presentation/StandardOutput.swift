// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// Standard output and standard error; every libc call on them is here.
package enum StandardOutput {
  /// What was written did not arrive.
  package enum Failure: Error, Equatable {
    /// Nobody reads any more, which is no fault: `neardup clusters | head`.
    case closed
    case failed(errno: Int32)
  }

  /// Writes all of it; EINTR is retried, write(2).
  package static func write(_ bytes: some Collection<UInt8>) throws(Failure) {
    try write(bytes, to: STDOUT_FILENO)
  }

  /// Writes a line to standard error, as far as that is possible.
  ///
  /// - Parameter program: who says it; nil for what says so itself.
  package static func tell(_ message: String, as program: String? = "neardup") {
    let columns = isatty(STDERR_FILENO) == 1 ? columns(of: STDERR_FILENO) : nil
    let text = FoldedText.fitted((program.map { "\($0): " } ?? "") + message, to: columns)
    try? write(Array("\(text)\n".utf8), to: STDERR_FILENO)
  }

  private static func write(
    _ bytes: some Collection<UInt8>, to descriptor: Int32
  ) throws(Failure) {
    let bytes = Array(bytes)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      let number = errno
      if count >= 0 { done += count } else if number != EINTR { throw Failure(errno: number) }
    }
  }

  /// Standard output's number, for poll(2).
  static var descriptor: Int32 { STDOUT_FILENO }

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// The columns of the terminal, or those that COLUMNS asks for; nil where nothing tells.
  static var columns: Int? { columns(of: STDOUT_FILENO) }

  private static func columns(of descriptor: Int32) -> Int? {
    if let told = environment("COLUMNS").flatMap({ Int($0) }), told > 0 { return told }
    var size = winsize()
    guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0,
      size.ws_col > 0
    else { return nil }
    return Int(size.ws_col)
  }

  /// A variable of the environment that is set and not empty.
  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension StandardOutput.Failure {
  fileprivate init(errno number: Int32) {
    self = number == EPIPE ? .closed : .failed(errno: number)
  }
}

extension StandardOutput.Failure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .closed: "standard output was closed"
    case .failed(let number): "standard output: \(String(cString: strerror(number)))"
    }
  }
}
