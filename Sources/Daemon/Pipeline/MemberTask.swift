// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Posix
internal import Synchronization

/// The job whose members are being handed over.
final class MemberTask: Sendable {
  private struct State {
    /// When members were last handed over, on the monotonic clock.
    var last = Clocks.monotonic()
    var hasLetOthersPass = false
  }

  let ticket: Pipeline.Window.Ticket
  /// As it is before anything was found out; members' outcomes are made of it.
  let base: FileOutcome
  /// What may be taken from archives; nil for a file that is cut as it is.
  let allowance: UnpackingAllowance?
  private let state = Mutex(State())

  init(
    ticket: Pipeline.Window.Ticket, base: FileOutcome, allowance: UnpackingAllowance? = nil
  ) {
    self.ticket = ticket
    self.base = base
    self.allowance = allowance
  }

  /// Whether the ticket was given back while a member was read: nothing is handed over any more.
  var hasLetOthersPass: Bool { state.withLock { $0.hasLetOthersPass } }

  /// How long nothing was handed over, in nanoseconds.
  var pause: UInt64 {
    let last = state.withLock { $0.last }
    return Clocks.monotonic() &- last
  }

  func noteHandover() {
    let now = Clocks.monotonic()
    state.withLock { $0.last = now }
  }

  func noteLettingOthersPass() { state.withLock { $0.hasLetOthersPass = true } }
}
