// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Posix
internal import Systemd

/// Shows on standard error how far the work is; silent as long as nothing changes.
struct ProgressReporter: Sendable {
  private static let terminalPause = Duration.milliseconds(200)
  /// Ten seconds for the first minute, a minute then: some runs take hours.
  private static func linePause(after lines: Int) -> Duration {
    .seconds(lines < 6 ? 10 : 60)
  }

  let display: ProgressDisplay
  let isOnce: Bool
  let board: StatusBoard
  var descriptor = STDERR_FILENO

  /// Shows until cancelled.
  func run() async {
    var text = ProgressText(isOnce: isOnce)
    switch display {
    case .none: break
    case .lines: await showLines(&text)
    case .terminal:
      await showLine(&text)
      // What stands there at the end of --once is the result; a daemon leaves the line clean.
      let last = isOnce ? text.line(board.now, now: Clocks.monotonic()) + "\n" : ""
      write("\r\u{1B}[K" + last)
    }
  }

  private func showLine(_ text: inout ProgressText) async {
    for await _ in board.signals {
      let line = text.line(board.now, now: Clocks.monotonic())
      write("\r" + ProgressText.fitted(line, columns: columns()) + "\u{1B}[K")
      do { try await Pause.wait(for: Self.terminalPause) } catch { return }
    }
  }

  private func showLines(_ text: inout ProgressText) async {
    var lines = 0
    for await _ in board.signals {
      let line = text.line(board.now, now: Clocks.monotonic())
      // Short runs need no progress; the first line comes after the first pause.
      if lines > 0 { write("neardupd: \(line)\n") }
      do { try await Pause.wait(for: Self.linePause(after: lines)) } catch { return }
      lines += 1
    }
  }

  private func columns() -> Int {
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }

  private func write(_ text: String) {
    PassingOutput.write(text, to: descriptor)
  }
}
