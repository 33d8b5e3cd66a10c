// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// A Python that has a module: the one in PATH, where whoever runs the tests installs packages, or
/// the system's, where scripts/prepare does.
package struct Python: Sendable {
  private let executable: String

  /// nil where no Python has it.
  package init?(with module: String) {
    let found = ["python3", "/usr/bin/python3"].first { executable in
      let trial = try? Python(executable: executable).start(["-c", "import \(module)"])
      return (try? trial?.waitForExit(within: 30)) == .exited(0)
    }
    guard let found else { return nil }
    executable = found
  }

  private init(executable: String) { self.executable = executable }

  package func start(_ arguments: [String]) throws -> ChildProcess {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    return try ChildProcess(executable, arguments, environment: ["PATH": path])
  }
}
