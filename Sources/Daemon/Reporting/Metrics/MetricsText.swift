// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The text format of OpenMetrics 1.0, in the part of it that node_exporter's parser of the older
/// Prometheus format reads as well: to that one UNIT and EOF are comments.
struct OpenMetricsText {
  private(set) var text = ""

  /// Everything the families have at this moment; a family without a series is left out.
  init(_ families: [MetricFamily], from registry: MetricRegistry) {
    for family in families {
      let series = registry.series(of: family)
      guard !series.isEmpty else { continue }
      begin(family)
      for (labels, one) in series { append(family, labels, one) }
    }
    text += "# EOF\n"
  }

  private mutating func begin(_ family: MetricFamily) {
    text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
    if let unit = family.unit { text += "# UNIT \(family.name) \(unit)\n" }
    text += "# HELP \(family.name) \(family.help)\n"
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
