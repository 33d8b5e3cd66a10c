// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// What the kernel counts of a process, from /proc/PID (proc(5)).
struct ProcessFigures {
  /// User and system time.
  let processorSeconds: Double
  /// VmRSS: what is resident now, in bytes.
  let residentMemory: Int
  /// VmHWM: the most memory that was resident at any time, in bytes.
  let peakMemory: Int

  init(of process: Int32) throws {
    let stat = String(decoding: try FileSystem.read("/proc/\(process)/stat"), as: UTF8.self)
    let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
    // utime and stime, fields 14 and 15 of the line, of which the first two are gone here.
    let ticks = (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
    processorSeconds = Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK)))
    let status = String(decoding: try FileSystem.read("/proc/\(process)/status"), as: UTF8.self)
    residentMemory = Self.bytes("VmRSS:", in: status)
    peakMemory = Self.bytes("VmHWM:", in: status)
  }

  private static func bytes(_ name: String, in status: String) -> Int {
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    let kibibytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
    return (kibibytes ?? 0) << 10
  }
}
