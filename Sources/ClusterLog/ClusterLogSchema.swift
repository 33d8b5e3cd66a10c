// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The format of the cluster log for other programs.
package enum ClusterLogSchema {
  /// A JSON Schema (draft 2020-12) of one line; `neardup schema` prints it.
  package static let jsonSchema = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "neardupd cluster log, schema 1: one line",
      "description": "One object a line. Lines are appended and never changed; seq has no gap.",
      "type": "object",
      "oneOf": [
    \(events.map { "    { \"$ref\": \"#/$defs/\($0.name)\" }" }.joined(separator: ",\n"))
      ],
      "$defs": {
    \(definitions),
    \(events.map(\.definition).joined(separator: ",\n"))
      }
    }

    """

  private static let events = [
    Event(
      "assigned", required: "document path bytes sha256 words cluster relation",
      """
      "document": { "$ref": "#/$defs/number" },
      "drop": { "$ref": "#/$defs/drop" },
      "path": { "$ref": "#/$defs/path" },
      "path_b64": { "$ref": "#/$defs/base64" },
      "member": { "$ref": "#/$defs/member" },
      "bytes": { "type": "integer", "minimum": 0 },
      "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
      "words": { "type": "integer", "minimum": 0 },
      "title": { "$ref": "#/$defs/said" },
      "published": {
        "description": "RFC 3339 in UTC, or a day",
        "type": "string",
        "pattern": "^\\\\d{4}-\\\\d{2}-\\\\d{2}(T\\\\d{2}:\\\\d{2}:\\\\d{2}Z)?$"
      },
      "source": { "$ref": "#/$defs/said" },
      "language": { "$ref": "#/$defs/said" },
      "encoding": { "$ref": "#/$defs/said" },
      "cluster": { "$ref": "#/$defs/cluster" },
      "relation": { "enum": [\(Relation.allCases.map { "\"\($0.rawValue)\"" }
        .joined(separator: ", "))] },
      "match": { "$ref": "#/$defs/match" },
      "contains": {
        "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/cluster" }
      },
      "story": { "$ref": "#/$defs/story" },
      "story_match": { "$ref": "#/$defs/storyMatch" },
      "replaces": { "$ref": "#/$defs/number" }
      """,
      more: """
        "if": { "properties": { "relation": { "const": "first" } } },
        "then": { "properties": { "match": false } },
        "else": { "required": ["match"] },
        "dependentRequired": { "story_match": ["story"] }
        """),
    Event(
      "merged", required: "cluster absorbed because",
      """
      "cluster": { "$ref": "#/$defs/cluster" },
      "absorbed": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/cluster" } },
      "because": { "$ref": "#/$defs/because" }
      """),
    Event("moved", required: "document path from to reason", moved(of: "cluster")),
    Event(
      "story-merged", required: "story absorbed because",
      """
      "story": { "$ref": "#/$defs/story" },
      "absorbed": { "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/story" } },
      "because": { "$ref": "#/$defs/storyBecause" }
      """),
    Event("story-moved", required: "document path from to reason", moved(of: "story")),
    Event(
      "skipped", required: "path reason detail",
      """
      "drop": { "$ref": "#/$defs/drop" },
      "path": { "$ref": "#/$defs/path" },
      "path_b64": { "$ref": "#/$defs/base64" },
      "member": { "$ref": "#/$defs/member" },
      "reason": {
        "enum": [
          \(SkipReason.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))
        ]
      },
      "detail": { "type": "string" }
      """),
    Event(
      "removed", required: "document path cluster",
      """
      "document": { "$ref": "#/$defs/number" },
      "drop": { "$ref": "#/$defs/drop" },
      "path": { "$ref": "#/$defs/path" },
      "path_b64": { "$ref": "#/$defs/base64" },
      "member": { "$ref": "#/$defs/member" },
      "cluster": { "$ref": "#/$defs/cluster" },
      "reason": {
        "enum": [\(RemovalReason.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))]
      }
      """),
    Event(
      "expired", required: "through documents clusters because",
      """
      "through": { "$ref": "#/$defs/number" },
      "documents": { "type": "integer", "minimum": 0 },
      "clusters": { "type": "integer", "minimum": 0 },
      "because": {
        "enum": [\(ExpiryReason.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))]
      }
      """),
  ]

  private static func moved(of kind: String) -> String {
    """
    "document": { "$ref": "#/$defs/number" },
    "drop": { "$ref": "#/$defs/drop" },
    "path": { "$ref": "#/$defs/path" },
    "path_b64": { "$ref": "#/$defs/base64" },
    "member": { "$ref": "#/$defs/member" },
    "from": { "$ref": "#/$defs/\(kind)" },
    "to": { "$ref": "#/$defs/\(kind)" },
    "reason": { "type": "string" }
    """
  }
}
