// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DaemonConfiguration {
  /// Where measurements are written.
  package struct Metrics: Sendable, Equatable {
    /// A file that is replaced as a whole; none by default.
    package var textfile: String?
    /// The format of that file.
    package var format = Format.prometheus
    /// The value of the label `daemon` on every measurement; none where it is empty.
    package var name = ""

    package init(textfile: String? = nil, format: Format = .prometheus, name: String = "") {
      self.textfile = textfile
      self.format = format
      self.name = name
    }
  }
}

extension DaemonConfiguration.Metrics {
  /// The text format of Prometheus, which node_exporter reads, or OpenMetrics 1.0. One text cannot
  /// be both: they differ in whether the name of a counter has its ending "_total".
  package enum Format: String, Sendable, CaseIterable {
    case prometheus
    case openmetrics
  }
}
