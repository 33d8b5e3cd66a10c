// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct ProcessMemoryTests {
  @Test func itReadsWhatTheKernelWrites() {
    let text = "Name:\tneardupd\nVmHWM:\t  200 kB\nVmRSS:\t  123 kB\nThreads:\t9\n"
    let memory = ProcessMemory(parsing: text)
    #expect(memory?.resident == 123 * 1_024)
    #expect(memory?.peak == 200 * 1_024)
    #expect(ProcessMemory(parsing: "Name:\tkthread\n") == nil)
  }

  @Test func thisProcessHasSome() throws {
    let memory = try #require(ProcessMemory.now())
    #expect(memory.resident > 1 << 20)
    #expect(memory.peak >= memory.resident)
  }
}
