// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Settings

/// The measurements as a text, in one of two formats.
///
/// In the text format of Prometheus (exposition format 0.0.4) a counter's family is called as its
/// samples are, in OpenMetrics 1.0 without their ending; that one has units and an end as well.
struct MetricsText {
  private(set) var text = ""
  private let format: DaemonConfiguration.Metrics.Format
  private let common: [MetricRegistry.Label]

  /// Everything the families have at this moment; a family without a series is left out.
  ///
  /// - Parameter name: the value of the label `daemon` on every sample; empty for none.
  init(
    _ families: [MetricFamily], from registry: MetricRegistry,
    format: DaemonConfiguration.Metrics.Format = .prometheus, name: String = ""
  ) {
    self.format = format
    common = name.isEmpty ? [] : [.init(name: "daemon", value: name)]
    for family in families {
      let series = registry.series(of: family)
      guard !series.isEmpty else { continue }
      begin(family)
      for (labels, one) in series { append(family, common + labels, one) }
    }
    if format == .openmetrics { text += "# EOF\n" }
  }

  private mutating func begin(_ family: MetricFamily) {
    let isCounter = format == .prometheus && family.kind == .counter
    let name = isCounter ? "\(family.name)_total" : family.name
    text += "# TYPE \(name) \(family.kind.rawValue)\n"
    if format == .openmetrics, let unit = family.unit { text += "# UNIT \(name) \(unit)\n" }
    text += "# HELP \(name) \(family.help)\n"
  }

  private mutating func append(
    _ family: MetricFamily, _ labels: [MetricRegistry.Label], _ series: MetricRegistry.Series
  ) {
    switch series {
    case .counter(let counter): sample("\(family.name)_total", labels, "\(counter.value)")
    case .gauge(let gauge):
      if let value = gauge.value { sample(family.name, labels, Self.number(value)) }
    case .histogram(let histogram): append(family.name, labels, histogram.counts)
    }
  }

  /// Buckets hold all that is at or below their bound.
  private mutating func append(
    _ name: String, _ labels: [MetricRegistry.Label], _ counts: HistogramSeries.Counts
  ) {
    var below: UInt64 = 0
    let bounds = HistogramSeries.bounds.map { "\($0)" } + ["+Inf"]
    for (bound, count) in zip(bounds, counts.buckets) {
      below += count
      sample("\(name)_bucket", labels + [.init(name: "le", value: bound)], "\(below)")
    }
    sample("\(name)_count", labels, "\(below)")
    sample("\(name)_sum", labels, Self.number(counts.sum))
  }

  private mutating func sample(
    _ name: String, _ labels: [MetricRegistry.Label], _ value: String
  ) {
    text += name
    if !labels.isEmpty {
      let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
      text += "{\(pairs.joined(separator: ","))}"
    }
    text += " \(value)\n"
  }

  private static func escaped(_ value: String) -> String {
    var result = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func number(_ value: Double) -> String {
    guard let whole = Int64(exactly: value) else { return "\(value)" }
    return "\(whole)"
  }
}
