// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Documents
internal import Synchronization

/// A program that takes a file apart, and what it wrote that is not done with while nobody reads.
final class ProgramSupply: Sendable {
  /// What is to be gone on with.
  struct Rest: Sendable {
    var bytes: [UInt8] = []
    /// Of the first of them, in all that the program wrote.
    var position = 0
    /// Whether the program is over, with nothing to say.
    var isLast = false
    /// What it came to instead.
    var trouble: FileReader.Content?
  }

  let stream: ProgramStream
  let allowance: UnpackingAllowance
  private let rest = Mutex(Rest())

  init(_ stream: ProgramStream, _ allowance: UnpackingAllowance) {
    self.stream = stream
    self.allowance = allowance
  }

  func keep(_ rest: Rest) { self.rest.withLock { $0 = rest } }

  func take() -> Rest {
    rest.withLock { rest in
      defer { rest = Rest() }
      return rest
    }
  }

  /// Reads until the space is full, the program ends, or there is no more to be had.
  ///
  /// - Returns: How much came, and what else there is to say: bytes for nothing.
  func read(
    into space: UnsafeMutableRawBufferPointer, isStopped: () -> Bool
  ) -> (count: Int, isLast: Bool, trouble: FileReader.Content?) {
    var count = 0
    while count < space.count {
      let free = UnsafeMutableRawBufferPointer(rebasing: space[count...])
      switch stream.read(into: free, isStopped: isStopped) {
      case .bytes(let received):
        count += received
        if let trouble = allowance.take(bytes: received) {
          return (count, false, .skipped(.unreadable, detail: trouble))
        }
      case .end: return (count, true, nil)
      case .skipped(let cause, let detail):
        return (count, false, .skipped(SkipReason(cause), detail: detail))
      case .failed(let errno): return (count, false, .failed(errno: errno))
      }
    }
    return (count, false, nil)
  }
}
