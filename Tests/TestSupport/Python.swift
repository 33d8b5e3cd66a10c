// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// A Python that has a module: the one in PATH, where whoever runs the tests installs packages, the
/// system's, where scripts/prepare installs those of Debian, or the one that it makes for others.
package struct Python: Sendable {
  private let executable: String

  /// nil where no Python has it.
  package init?(with module: String) {
    let own = "\(Fixtures.packageRoot)/.build/python/bin/python"
    let found = ["python3", "/usr/bin/python3", own].first { executable in
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

  /// Runs a program with arguments to its end, and answers what it printed.
  package func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = try start(["-c", program] + arguments)
    guard try process.waitForExit(within: 60) == .exited(0) else {
      throw Failure(text: process.standardError)
    }
    return process.standardOutput
  }

  package struct Failure: Error, CustomStringConvertible {
    let text: String
    package var description: String { text }
  }
}
