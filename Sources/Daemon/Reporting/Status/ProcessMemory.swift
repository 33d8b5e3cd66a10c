// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Posix

/// What the kernel says of the memory of this process, proc_pid_status(5).
struct ProcessMemory: Equatable {
  /// VmRSS, bytes.
  var resident: Int
  /// VmHWM, bytes: the peak of the former.
  var peak: Int

  /// nil where /proc does not tell.
  static func now() -> ProcessMemory? {
    guard let bytes = FileSystemCalls.readSmallFile("/proc/self/status") else { return nil }
    return ProcessMemory(parsing: String(decoding: bytes, as: UTF8.self))
  }

  /// Reads lines such as "VmRSS:	  123456 kB".
  init?(parsing text: String) {
    func kilobytes(_ name: String) -> Int? {
      let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
      let number = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
      return number.flatMap { Int($0) }.map { min($0, .max >> 10) }
    }
    guard let resident = kilobytes("VmRSS"), let peak = kilobytes("VmHWM") else { return nil }
    self.resident = resident * 1_024
    self.peak = peak * 1_024
  }
}
