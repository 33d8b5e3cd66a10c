// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What a measurement is called and means, in the terms of OpenMetrics 1.0.
struct MetricFamily: Sendable, Equatable {
  enum Kind: String, Sendable {
    case counter, gauge, histogram
  }

  /// The name of the family; a counter's samples add "_total", a histogram's "_bucket" and so on.
  let name: String
  let kind: Kind
  /// The unit, which then also ends the name; nil for a number of things.
  let unit: String?
  /// One sentence without quotes or backslashes, which the two formats would escape differently.
  let help: String

  init(_ name: String, _ kind: Kind, unit: String? = nil, _ help: String) {
    self.name = unit.map { "\(name)_\($0)" } ?? name
    self.kind = kind
    self.unit = unit
    self.help = help
  }
}
