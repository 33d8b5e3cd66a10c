// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Inotify
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct IntakeControlTests {
  @Test func askingWakes() throws {
    let pipe = try WakeUpPipe()
    let control = IntakeControl(wakeUp: pipe.wakeUp)
    var readiness = Readiness()
    readiness.watch(pipe.readDescriptor, for: .readable)
    try readiness.wait(timeout: .zero)
    #expect(readiness.events(of: pipe.readDescriptor).isEmpty)
    control.ask { $0.rescan = true }
    try readiness.wait(timeout: nil)
    #expect(!readiness.events(of: pipe.readDescriptor).isEmpty)
    pipe.drain()
    control.wake()
    try readiness.wait(timeout: nil)
    #expect(!readiness.events(of: pipe.readDescriptor).isEmpty)
  }

  @Test func eachRequestIsTakenOnceButForTheStop() throws {
    let pipe = try WakeUpPipe()
    let control = IntakeControl(wakeUp: pipe.wakeUp)
    let file = DroppedFile(drop: 0, path: [0x61])
    control.ask { $0.putOff.append(.init(key: file, attempts: 1)) }
    control.ask { $0.putOff.append(.init(key: file, attempts: 2)) }
    control.ask { $0.rescan = true }
    control.ask { $0.stop = true }
    let first = control.take()
    #expect(first.putOff.map(\.attempts) == [1, 2])
    #expect(first.rescan)
    let second = control.take()
    #expect(second.putOff.isEmpty)
    #expect(!second.rescan)
    #expect(second.stop)
  }

  @Test func noRequestIsLostBetweenTasks() async throws {
    let pipe = try WakeUpPipe()
    let control = IntakeControl(wakeUp: pipe.wakeUp)
    let file = DroppedFile(drop: 0, path: [0x61])
    let taken = await withTaskGroup(of: [Int].self) { group in
      for task in 0..<4 {
        group.addTask {
          var taken: [Int] = []
          for step in 0..<500 {
            control.ask { $0.putOff.append(.init(key: file, attempts: task * 500 + step)) }
            if step % 7 == 0 { taken += control.take().putOff.map(\.attempts) }
          }
          return taken
        }
      }
      return await group.reduce([], +)
    }
    let all = taken + control.take().putOff.map(\.attempts)
    #expect(all.sorted() == Array(0..<2_000))
  }
}
