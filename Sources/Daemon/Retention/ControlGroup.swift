// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// What memory the daemon's control group grants; see cgroups(7).
enum ControlGroup {
  /// The least `memory.max` (or, in the first version, `memory.limit_in_bytes`) of the group and
  /// of those above it; nil where there is none.
  static func memoryLimit(
    membership: [UInt8]? = contents("/proc/self/cgroup"),
    read: (String) -> [UInt8]? = contents
  ) -> Int? {
    guard let membership else { return nil }
    var least: Int?
    for line in String(decoding: membership, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let (root, file): (String, String)
      if fields[0] == "0" {
        (root, file) = ("/sys/fs/cgroup", "memory.max")
      } else if fields[1].split(separator: ",").contains("memory") {
        (root, file) = ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
      } else {
        continue
      }
      for group in groups(String(fields[2])) {
        guard let limit = read(root + group + "/" + file).flatMap(number) else { continue }
        least = min(least ?? limit, limit)
      }
    }
    return least
  }

  /// A group and all above it: "/a/b", "/a" and "".
  private static func groups(_ path: String) -> [String] {
    var groups = [""]
    for name in path.split(separator: "/") where name != ".." {
      groups.append((groups.last ?? "") + "/" + name)
    }
    return groups.reversed()
  }

  /// Nil for "max", and for the number that stands for it in the first version.
  private static func number(_ text: [UInt8]) -> Int? {
    let digits = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let number = Int(String(decoding: digits, as: UTF8.self)), number < 1 << 50 else {
      return nil
    }
    return number
  }

  /// The beginning of a small file; nil when it cannot be read.
  static func contents(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 8_192)
    let count = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
    return count < 0 ? nil : Array(bytes.prefix(count))
  }
}
