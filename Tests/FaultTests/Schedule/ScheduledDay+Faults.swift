// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

extension ScheduledDay {
  /// What may happen to a daemon, and how often beside the others.
  private enum Mishap: CaseIterable {
    case kill, restart, suspend, reload, badReload, hangups, rotate, rotateUnheard, fill, setClock,
      away, forget, rescan

    var weight: Int {
      switch self {
      case .kill: 5
      case .restart, .reload, .rotate, .forget: 3
      case .suspend, .fill, .setClock, .away: 2
      case .badReload, .hangups, .rotateUnheard, .rescan: 1
      }
    }
  }

  /// Lets something happen; what is the matter already stays so.
  func goWrong() throws {
    var ticket = Int.random(
      in: 0..<Mishap.allCases.reduce(0) { $0 + $1.weight }, using: &random)
    let mishap = Mishap.allCases.first { mishap in
      ticket -= mishap.weight
      return ticket < 0
    }
    guard let mishap else { return }
    // Drawn in any case, so that the draws that follow are the same.
    let steps = Int.random(in: 0...3, using: &random)
    note("\(mishap)")
    switch mishap {
    case .kill: try kill(for: steps)
    case .restart: try restart(after: steps)
    case .suspend:
      guard daemon != nil, faults[.stopped] == nil else { return }
      daemon?.send(SIGSTOP)
      faults[.stopped] = step + 1 + steps / 2
    case .reload, .badReload: try reload(isBad: mishap == .badReload)
    case .hangups: for _ in 0..<3 { daemon?.send(SIGHUP) }
    case .rotate, .rotateUnheard: try rotate(isHeard: mishap == .rotate)
    case .fill:
      guard faults[.full] == nil else { return }
      // What the daemon writes meanwhile may leave less room than was found.
      try? Ballast(in: room.path).fill(leaving: steps << 14)
      faults[.full] = step + 1 + steps
    case .setClock: setClock(for: 1 + steps)
    case .away:
      guard faults[.away] == nil else { return }
      try FileSystem.rename(places.drop, to: places.drop + ".away")
      faults[.away] = step + 1 + steps / 2
    case .forget: try forget()
    case .rescan: try ask(["rescan"])
    }
  }

  /// Makes good what was wrong.
  func end(_ fault: Fault) throws {
    note("\(fault) no more")
    faults[fault] = nil
    switch fault {
    case .stopped: try resume()
    case .down: try start()
    case .full:
      try Ballast(in: room.path).makeRoom()
      if daemon == nil { try start() }
    case .away: try FileSystem.rename(places.drop + ".away", to: places.drop)
    case .clock: clockError = 0
    case .unheard: daemon?.send(SIGHUP)
    }
  }

  private func kill(for steps: Int) throws {
    guard let killed = daemon else { return }
    daemon = nil
    faults[.stopped] = nil
    try killed.killHard()
    if steps == 0 {
      try start()
    } else {
      faults[.down] = step + steps
    }
  }

  private func restart(after steps: Int) throws {
    try stop()
    if steps == 0 {
      try start()
    } else {
      faults[.down] = step + steps
    }
  }

  private func reload(isBad: Bool) throws {
    if isBad {
      try FileSystem.write("[drop]\nsettel = \"1s\"\n".utf8, to: places.base.configuration)
      daemon?.send(SIGHUP)
      poll(nil, 0, 30)
    } else {
      settings.change(&random)
    }
    try configure()
    if !isBad { daemon?.send(SIGHUP) }
  }

  private func rotate(isHeard: Bool) throws {
    guard FileSystem.exists(places.log) else { return }
    // The newest part has the least number, as with logrotate(8).
    try parts.rotate(to: "\(places.log).\(9_999 - step)")
    if isHeard {
      daemon?.send(SIGHUP)
    } else {
      faults[.unheard] = step + 2
    }
  }

  private func setClock(for steps: Int) {
    let jumps = [3_600, -3_600, -86_400, -365 * 86_400, farJump, farJump]
    let jump = jumps.randomElement(using: &random) ?? 0
    // What comes first is what all later times are compared with.
    guard faults[.clock] == nil, step > 12 else { return }
    clockError = jump
    faults[.clock] = step + steps
  }

  private func forget() throws {
    let paths = (0..<Int.random(in: 1...3, using: &random)).compactMap { _ in anyPath() }
    if !paths.isEmpty { try ask(["forget"] + Array(Set(paths)).sorted()) }
  }

  /// Asks the daemon for something without waiting for the answer, which depends on how it fares.
  private func ask(_ words: [String]) throws {
    // Where no daemon runs the command would work on the state itself.
    guard daemon != nil, asks.count < 8 else { return }
    asks.append(try places.beginNeardup(words))
  }
}
