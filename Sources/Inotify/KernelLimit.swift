// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A limit under /proc/sys/fs/inotify, and how to raise it.
enum KernelLimit: String {
  case watches = "max_user_watches"
  case instances = "max_user_instances"

  private var sysctl: String { "fs.inotify.\(rawValue)" }

  /// The value in force; nil where /proc does not show it (ProcSubset=pid hides it).
  func present() -> Int? {
    let path = Array("/proc/sys/fs/inotify/\(rawValue)".utf8)
    guard let file = try? SystemCalls.openForReading(path),
      let bytes = try? SystemCalls.readToEnd(file)
    else { return nil }
    return Int(String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
  }

  /// A value worth setting: the usual one for large trees, or double what has proved too small.
  private func advised(present: Int?) -> Int {
    let usual =
      switch self {
      case .watches: 524_288
      case .instances: 1024
      }
    guard let present, present >= usual else { return usual }
    let (doubled, overflow) = present.multipliedReportingOverflow(by: 2)
    return overflow ? present : doubled
  }

  func remedy(present: Int?) -> String {
    let now = present.map { " = \($0)" } ?? ""
    return " (\(sysctl)\(now)); raise it with: sysctl -w \(sysctl)=\(advised(present: present))"
      + ", and keep it with a line in /etc/sysctl.d"
  }
}
