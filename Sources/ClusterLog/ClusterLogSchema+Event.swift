// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension ClusterLogSchema {
  /// The definition of one event's line: the fields that all have, and its own.
  struct Event {
    let name: String
    let definition: String

    /// - Parameters:
    ///   - name: The value of `event`.
    ///   - required: Its own required fields, separated by spaces.
    ///   - properties: Its own fields, as JSON members.
    ///   - more: Further members of the definition.
    init(_ name: String, required: String, _ properties: String, more: String = "") {
      self.name = name
      let fields =
        ["schema", "seq", "time", "event"] + required.split(separator: " ").map { "\($0)" }
      let text = """
        "\(name)": {
          "type": "object",
          "required": [
            \(fields.map { "\"\($0)\"" }.joined(separator: ", "))
          ],
          "properties": {
            "schema": { "const": 1 },
            "seq": { "$ref": "#/$defs/number" },
            "time": { "$ref": "#/$defs/time" },
            "event": { "const": "\(name)" },
        \(Self.indented(properties, by: 4))
          },
          "additionalProperties": false\(more.isEmpty ? "" : ",\n" + Self.indented(more, by: 2))
        }
        """
      definition = Self.indented(text, by: 4)
    }

    private static func indented(_ text: String, by count: Int) -> String {
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { String(repeating: " ", count: count) + $0 }
        .joined(separator: "\n")
    }
  }
}
