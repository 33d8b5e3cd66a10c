// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// The programs under test, from the build that the tests themselves are of.
package enum DaemonBinary {
  /// The daemon: NEARDUPD_BINARY, or `neardupd` beside the running test bundle.
  package static let path: String = {
    if let named = getenv("NEARDUPD_BINARY") { return String(cString: named) }
    // /proc/self/exe is the toolchain's runner on some platforms; the bundle is in the arguments.
    let candidates = [executable] + CommandLine.arguments
    for candidate in candidates {
      guard let slash = candidate.lastIndex(of: "/") else { continue }
      let sibling = "\(candidate[..<slash])/neardupd"
      if access(sibling, X_OK) == 0 { return sibling }
    }
    return "neardupd"
  }()

  /// Whether there is something to run at all.
  package static var isThere: Bool { access(path, X_OK) == 0 }

  /// What the programs are run with when nothing more is given: nothing is inherited but where the
  /// libraries of a toolchain are and what scripts/sanitize sets.
  package static let environment: [String: String] = {
    var variables = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
    var names = ["LD_LIBRARY_PATH", "ASAN_OPTIONS", "TSAN_OPTIONS"]
    if getenv("TSAN_OPTIONS") != nil { names.append("LD_PRELOAD") }
    for name in names {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    return variables
  }()

  private static var executable: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    guard readlink("/proc/self/exe", &buffer, buffer.count - 1) > 0 else { return "" }
    return buffer.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }
}
