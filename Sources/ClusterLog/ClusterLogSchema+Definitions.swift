// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension ClusterLogSchema {
  /// The shapes that several events use.
  static let definitions = #"""
        "number": { "type": "integer", "minimum": 1 },
        "time": {
          "description": "RFC 3339, UTC, microseconds",
          "type": "string",
          "pattern": "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z$"
        },
        "drop": { "description": "the drop directory, when several are watched", "type": "string" },
        "path": {
          "description": "relative to the drop directory; lossy where path_b64 is given",
          "type": "string",
          "minLength": 1
        },
        "base64": {
          "description": "the bytes of a path that is not UTF-8",
          "type": "string",
          "pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
          "minLength": 4
        },
        "member": {
          "description": "the document's name in the file of several that the path names",
          "type": "string",
          "minLength": 1
        },
        "said": {
          "description": "what the document says of itself; these are 512 bytes at most in all",
          "type": "string",
          "minLength": 1,
          "maxLength": 512
        },
        "cluster": { "type": "string", "pattern": "^c[1-9][0-9]*$" },
        "story": {
          "description": "one event in different words; a cluster is in one story as a whole",
          "type": "string",
          "pattern": "^s[1-9][0-9]*$"
        },
        "measure": { "type": "number", "minimum": 0, "maximum": 1 },
        "match": {
          "type": "object",
          "required": [
            "document", "path", "resemblance", "containment", "shared", "cluster_similarity"
          ],
          "properties": {
            "document": { "$ref": "#/$defs/number" },
            "path": { "$ref": "#/$defs/path" },
            "path_b64": { "$ref": "#/$defs/base64" },
            "member": { "$ref": "#/$defs/member" },
            "resemblance": { "$ref": "#/$defs/measure" },
            "containment": { "$ref": "#/$defs/measure" },
            "shared": { "description": "shared shingles", "type": "integer", "minimum": 0 },
            "cluster_similarity": { "$ref": "#/$defs/measure" }
          },
          "additionalProperties": false
        },
        "storyMatch": {
          "description": "the document of another cluster that led to the story",
          "type": "object",
          "required": ["document", "path", "similarity", "terms"],
          "properties": {
            "document": { "$ref": "#/$defs/number" },
            "path": { "$ref": "#/$defs/path" },
            "path_b64": { "$ref": "#/$defs/base64" },
            "member": { "$ref": "#/$defs/member" },
            "similarity": {
              "description": "of the weighted terms with the story as a whole",
              "type": "number",
              "minimum": 0,
              "maximum": 1
            },
            "terms": {
              "description": "what weighed most of what both have, the heaviest first",
              "type": "array",
              "maxItems": 5,
              "items": { "type": "string", "minLength": 1 }
            }
          },
          "additionalProperties": false
        },
        "because": {
          "type": "object",
          "required": ["document", "match"],
          "properties": {
            "document": { "$ref": "#/$defs/number" },
            "match": { "$ref": "#/$defs/match" }
          },
          "additionalProperties": false
        },
        "storyBecause": {
          "type": "object",
          "required": ["document"],
          "properties": {
            "document": { "$ref": "#/$defs/number" },
            "match": {
              "description": "of texts, or of clusters that are one; none if stories were off",
              "oneOf": [{ "$ref": "#/$defs/match" }, { "$ref": "#/$defs/storyMatch" }]
            }
          },
          "additionalProperties": false
        }
    """#
}
