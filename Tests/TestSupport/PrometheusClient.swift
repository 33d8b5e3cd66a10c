// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The parsers of prometheus_client, the Python library of the Prometheus project, where it is.
package enum PrometheusClient {
  private static let python = Python(with: "prometheus_client")
  package static var isThere: Bool { python != nil }

  /// Kind, name and number of samples of each family, by the strict parser of OpenMetrics; that of
  /// the older format, which node_exporter's is like, must read the same samples.
  package static func parse(_ text: String) throws -> [String] {
    let directory = try TemporaryDirectory()
    try FileSystem.write(text.utf8, to: directory.path("neardupd.prom"))
    let program = """
      import sys
      from prometheus_client.openmetrics import parser as openmetrics
      from prometheus_client import parser as older
      text = open(sys.argv[1]).read()
      families = list(openmetrics.text_string_to_metric_families(text))
      for family in families:
          print(family.type, family.name, len(family.samples))
      def samples(families):
          return {(s.name, tuple(sorted(s.labels.items())), s.value)
                  for family in families for s in family.samples}
      new, old = samples(families), samples(older.text_string_to_metric_families(text))
      assert new == old, new ^ old
      """
    let output = try run(program, directory.path("neardupd.prom"))
    return output.split(separator: "\n").map(String.init)
  }

  private static func run(_ program: String, _ arguments: String...) throws -> String {
    guard let python else { throw Failure(text: "no Python has it") }
    let process = try python.start(["-c", program] + arguments)
    let status = try process.waitForExit(within: 60)
    guard status == .exited(0) else { throw Failure(text: process.standardError) }
    return process.standardOutput
  }

  package struct Failure: Error, CustomStringConvertible {
    let text: String
    package var description: String { text }
  }
}
