// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One record of the cluster log, schema 1.
package struct ClusterLogLine: Equatable, Sendable, CustomStringConvertible {
  package let value: JSONValue
  package let description: String

  package init(parsing line: some Sequence<UInt8>) throws {
    value = try JSONValue(parsing: line)
    description = String(decoding: Array(line), as: UTF8.self)
  }

  package subscript(key: String) -> JSONValue? { value[key] }

  package var event: String { value["event"]?.string ?? "" }
  package var path: String { value["path"]?.string ?? "" }
  package var member: String? { value["member"]?.string }
  package var sequence: Int { value["seq"]?.integer ?? 0 }
  package var document: Int? { value["document"]?.integer }
  package var reason: String? { value["reason"]?.string }
  package var isAssigned: Bool { event == "assigned" }
  package var isSkipped: Bool { event == "skipped" }

  /// The record without its time, which is the only thing that may differ between two runs.
  package var timeless: JSONValue {
    guard case .object(var members) = value else { return value }
    members["time"] = nil
    return .object(members)
  }
}
