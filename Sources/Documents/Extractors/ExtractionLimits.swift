// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a program may take to read one file.
package struct ExtractionLimits: Sendable, Equatable {
  /// Nanoseconds from its start to its end; its processor time is limited to the same.
  package var time: UInt64
  /// Bytes of address space.
  package var memory: Int
  /// Bytes that it may write.
  package var output: Int

  package init(time: UInt64 = 30_000_000_000, memory: Int = 512 << 20, output: Int = 64 << 20) {
    self.time = time
    self.memory = memory
    self.output = output
  }

  /// Whole seconds of processor time, of which the kernel asks for one at least.
  var processorSeconds: UInt64 { max(1, time / 1_000_000_000 + 1) }
}
