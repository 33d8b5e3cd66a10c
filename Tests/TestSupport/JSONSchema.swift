// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Foundation

/// As much of JSON Schema 2020-12 as the cluster log's schema uses; an unknown keyword is an error.
package struct JSONSchema: Sendable {
  private let root: JSONValue

  package init(parsing text: [UInt8]) throws {
    root = try JSONValue(parsing: text)
  }

  /// Everything that is wrong with a value, each with its place; empty when it is valid.
  package func violations(of value: JSONValue) -> [String] {
    violations(of: value, against: root, at: "$")
  }

  private func violations(
    of value: JSONValue, against schema: JSONValue, at place: String
  ) -> [String] {
    guard let keywords = schema.object else {
      return schema == .boolean(false) ? ["\(place): not allowed"] : []
    }
    return keywords.flatMap { keyword, rule in
      apply(keyword, rule, of: keywords, to: value, at: place)
    }
  }

  private func apply(
    _ keyword: String, _ rule: JSONValue, of keywords: [String: JSONValue],
    to value: JSONValue, at place: String
  ) -> [String] {
    switch keyword {
    case "$schema", "$id", "$defs", "title", "description", "then", "else":
      return []
    case "$ref":
      return violations(of: value, against: definition(rule), at: place)
    case "allOf":
      return (rule.array ?? []).flatMap { violations(of: value, against: $0, at: place) }
    case "if":
      let holds = violations(of: value, against: rule, at: place).isEmpty
      let branch = keywords[holds ? "then" : "else"] ?? .boolean(true)
      return violations(of: value, against: branch, at: place)
    case "properties", "required", "additionalProperties":
      return objectRule(keyword, rule, of: keywords, to: value, at: place)
    default:
      return scalarRule(keyword, rule, to: value, at: place)
    }
  }

  private func objectRule(
    _ keyword: String, _ rule: JSONValue, of keywords: [String: JSONValue],
    to value: JSONValue, at place: String
  ) -> [String] {
    guard let members = value.object else { return [] }
    switch keyword {
    case "properties":
      return (rule.object ?? [:]).flatMap { name, schema in
        members[name].map { violations(of: $0, against: schema, at: "\(place).\(name)") } ?? []
      }
    case "required":
      return (rule.array ?? []).compactMap(\.string).filter { members[$0] == nil }
        .map { "\(place): \($0) is missing" }
    default:
      let named = Set((keywords["properties"]?.object ?? [:]).keys)
      return members.filter { !named.contains($0.key) }.flatMap { name, member in
        violations(of: member, against: rule, at: "\(place).\(name)")
      }
    }
  }

  private func scalarRule(
    _ keyword: String, _ rule: JSONValue, to value: JSONValue, at place: String
  ) -> [String] {
    let holds: Bool
    switch (keyword, value) {
    case ("type", _):
      holds = Self.isOf(type: rule.string ?? "", value)
    case ("const", _):
      holds = value == rule
    case ("enum", _):
      holds = rule.array?.contains(value) ?? false
    case ("minimum", .number(let number)):
      holds = number >= rule.number ?? 0
    case ("maximum", .number(let number)):
      holds = number <= rule.number ?? 0
    case ("pattern", .string(let text)):
      holds = text.range(of: rule.string ?? "", options: .regularExpression) != nil
    case ("minLength", .string(let text)):
      holds = text.unicodeScalars.count >= rule.integer ?? 0
    case ("maxLength", .string(let text)):
      holds = text.unicodeScalars.count <= rule.integer ?? 0
    case ("minItems", .array(let elements)):
      holds = elements.count >= rule.integer ?? 0
    case ("maxItems", .array(let elements)):
      holds = elements.count <= rule.integer ?? 0
    case ("items", .array(let elements)):
      return elements.enumerated().flatMap { index, element in
        violations(of: element, against: rule, at: "\(place)[\(index)]")
      }
    case ("minimum", _), ("maximum", _), ("pattern", _), ("minLength", _), ("maxLength", _),
      ("minItems", _), ("maxItems", _), ("items", _):
      holds = true
    default:
      return ["the schema has \(keyword), which is not checked here"]
    }
    return holds ? [] : ["\(place): \(value) does not fit \(keyword) \(rule)"]
  }

  private func definition(_ reference: JSONValue) -> JSONValue {
    let name = reference.string?.split(separator: "/").last.map(String.init) ?? ""
    return root["$defs"]?[name] ?? .boolean(false)
  }

  private static func isOf(type: String, _ value: JSONValue) -> Bool {
    switch value {
    case .null: type == "null"
    case .boolean: type == "boolean"
    case .number: type == "number" || (type == "integer" && value.integer != nil)
    case .string: type == "string"
    case .array: type == "array"
    case .object: type == "object"
    }
  }
}
