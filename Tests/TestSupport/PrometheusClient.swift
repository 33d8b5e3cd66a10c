// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The parsers of prometheus_client, the Python library of the Prometheus project, where it is.
package enum PrometheusClient {
  private static let python = Python(with: "prometheus_client")
  package static var isThere: Bool { python != nil }

  /// Kind, name and number of samples of each family, by the strict parser of OpenMetrics; that of
  /// the older format must read the same families and samples from the other text, if there is one,
  /// none untyped or without help.
  package static func parse(openMetrics: String, prometheus: String? = nil) throws -> [String] {
    let directory = try TemporaryDirectory()
    try FileSystem.write(openMetrics.utf8, to: directory.path("new"))
    if let prometheus { try FileSystem.write(prometheus.utf8, to: directory.path("old")) }
    let program = """
      import sys
      from prometheus_client.openmetrics import parser as openmetrics
      from prometheus_client import parser as older
      texts = [open(name).read() for name in sys.argv[1:]]
      new = list(openmetrics.text_string_to_metric_families(texts[0]))
      for family in new:
          print(family.type, family.name, len(family.samples))
      if len(texts) == 1: sys.exit()
      old = list(older.text_string_to_metric_families(texts[1]))
      def kinds(families):
          return {(family.type, family.name, family.documentation) for family in families}
      def samples(families):
          return {(s.name, tuple(sorted(s.labels.items())), s.value)
                  for family in families for s in family.samples}
      assert kinds(new) == kinds(old), kinds(new) ^ kinds(old)
      assert samples(new) == samples(old), samples(new) ^ samples(old)
      assert all(family.documentation for family in old)
      """
    let names = [directory.path("new")] + (prometheus == nil ? [] : [directory.path("old")])
    let output = try python?.run(program, names) ?? ""
    return output.split(separator: "\n").map(String.init)
  }
}
