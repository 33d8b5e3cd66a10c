// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import FoundationEssentials

/// The one place that turns replies into lines of JSON and back.
///
/// FoundationEssentials is the part of Foundation without ICU; GRDB links it anyway.
package enum ControlCoding {
  /// One line without its end; keys as `needs_restart`, sorted, so that equal replies are equal.
  package static func encode(_ value: some Encodable, pretty: Bool = false) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return Array(try encoder.encode(value))
  }

  package static func decode(_ line: [UInt8]) throws -> ControlReply {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(ControlReply.self, from: Data(line))
  }
}
