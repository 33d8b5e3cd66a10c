// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Synchronization

/// What a program makes of an archive or of a compressed file, read while it runs: it waits until
/// somebody takes what it wrote, so that no more is held than that.
package final class ProgramStream: Sendable {
  /// What there is to read.
  package enum Part: Sendable, Equatable {
    case bytes(Int)
    case end
    case skipped(Reading.Cause, detail: String)
    /// It could not be run, or is wanted no more (EINTR).
    case failed(errno: Int32)
  }

  private let child: Mutex<ConfinedChild>
  private let format: String
  private let program: String
  private let limits: ExtractionLimits

  init(
    _ child: consuming ConfinedChild, format: String, program: String, limits: ExtractionLimits
  ) {
    self.child = Mutex(child)
    self.format = format
    self.program = program
    self.limits = limits
  }

  /// Reads some bytes, or says why there are none; waits for them, at most `extract.time`.
  ///
  /// - Parameter isStopped: Asked ten times a second.
  package func read(
    into space: UnsafeMutableRawBufferPointer, isStopped: () -> Bool
  ) -> Part {
    let deadline = MonotonicTime.now &+ min(limits.time, .max / 2)
    return child.withLock { child in
      let part = child.next(into: space, until: deadline, isStopped: isStopped)
      if case .bytes = part {} else { child.kill() }
      switch part {
      case .bytes(let count): return .bytes(count)
      case .end(.over(let status)) where status == 0: return .end
      case .end(.over(let status)):
        return skipped("\(program) \(ConfinedProgram.description(status, child.complaint))")
      case .end(.encrypted): return skipped("it is encrypted")
      case .end(.tooLong):
        let seconds = Double(limits.time / 1_000_000) / 1_000
        return skipped("\(program) wrote nothing for \(seconds) s (extract.time)")
      case .end(.stopped), .end(.tooMuch): return .failed(errno: EINTR)
      }
    }
  }

  private func skipped(_ what: String) -> Part {
    .skipped(.unreadable, detail: "\(format): \(what)")
  }
}
