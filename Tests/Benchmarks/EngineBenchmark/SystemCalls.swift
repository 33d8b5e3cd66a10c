// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// What the benchmark asks of the system.
enum SystemCalls {
  /// The time this thread has had a processor: others on the machine do not count.
  static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Bytes of this process that are in memory (proc_pid_statm(5)).
  static func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let fields = line.split(separator: 0x20)
    let pages = fields.count > 1 ? fields[1].reduce(0) { $0 * 10 + Int($1 - 0x30) } : 0
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }

  /// The descriptor of a new file without a name.
  static func openTemporaryFile() -> CInt {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var path = Array(("\(folder)/EngineBenchmark." + String(repeating: "X", count: 6)).utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else { fail("no temporary file in \(folder)") }
    unlink(path)
    return descriptor
  }

  static func openFile(_ path: String) -> CInt {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { fail("\(path) is not read") }
    return descriptor
  }

  static func close(_ descriptor: CInt) {
    Glibc.close(descriptor)
  }

  static func write(_ bytes: [UInt8], to descriptor: CInt, at offset: Int) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset + done))
      }
      if count > 0 { done += count } else if errno != EINTR { fail("the file is not written") }
    }
  }

  static func read(_ count: Int, from descriptor: CInt, at offset: Int) -> [UInt8] {
    let bytes = readAtMost(count, from: descriptor, at: offset)
    guard bytes.count == count else { fail("the temporary file is too short") }
    return bytes
  }

  /// Fewer bytes only at the end of the file.
  static func readAtMost(_ count: Int, from descriptor: CInt, at offset: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while initialized < count {
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized...])
        let read = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + initialized))
        if read == 0 { break }
        if read > 0 { initialized += read } else if errno != EINTR { fail("a file is not read") }
      }
    }
  }

  static func writeToStandardOutput(_ bytes: [UInt8]) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      if count > 0 { done += count } else if errno != EINTR { fail("nothing is written") }
    }
  }

  /// What was printed, when standard output is a pipe.
  static func flushOutput() {
    fflush(nil)
  }

  static func exit(_ status: CInt, saying message: String = "") -> Never {
    if !message.isEmpty { _ = Glibc.write(2, "\(message)\n", message.utf8.count + 1) }
    Glibc.exit(status)
  }

  static func fail(_ message: String) -> Never {
    let reason = errno == 0 ? "" : ": \(String(cString: strerror(errno)))"
    exit(74, saying: "EngineBenchmark: \(message)\(reason)")
  }
}
