// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
internal import Glibc

/// `neardup fleet`: a program of its own does it, so that this one needs no libpq.
package struct FleetCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "fleet", abstract: "Look at the clusters of all hosts in PostgreSQL.",
    discussion: """
      neardup-link does it, of the package of that name: neardup fleet --help has its help.

      EXAMPLES:
        What was copied most, and on how many hosts:
          neardup fleet clusters

        Which hosts have an article, and from whom:
          neardup fleet explain reuters/4711.txt

      EXIT STATUS:
        69  neardup-link is not installed, or the database does not answer
      """)

  @Argument(parsing: .captureForPassthrough, help: "What is asked, with its options.")
  package var arguments: [String] = []

  package init() {}

  package func run() throws {
    let program = Self.program()
    let words = [program, "fleet"] + arguments
    let list = words.map { strdup($0) } + [nil]
    // Only returns where it failed.
    execvp(program, list)
    let number = errno
    for word in list { free(word) }
    let reason =
      number == ENOENT
      ? "neardup-link is not installed; install the package neardup-link (sudo apt-get install "
        + "neardup-link)"
      : "\(program): \(String(cString: strerror(number)))"
    StandardOutput.tell(reason)
    throw ExitCode(69)
  }

  /// The one beside this program, as in a build, else the one in PATH.
  private static func program() -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count - 1)
    guard count > 0 else { return "neardup-link" }
    let own = String(decoding: path.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard let slash = own.lastIndex(of: "/") else { return "neardup-link" }
    let beside = own[...slash] + "neardup-link"
    return access(String(beside), X_OK) == 0 ? String(beside) : "neardup-link"
  }
}
