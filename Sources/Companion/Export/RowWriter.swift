// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// What a row has in one of its columns.
package enum RowField: Equatable {
  case number(Int)
  /// A measure, with the log's four decimals.
  case measure(Double)
  case text([UInt8])
  case flag(Bool)
  case absent
}

/// Writes rows in one of the formats at the end of a byte array.
package struct RowWriter {
  private let format: ExportFormat
  private let titles: [String]

  /// - Parameter titles: of the columns, which are the keys of objects.
  package init(format: ExportFormat, titles: [String]) {
    self.format = format
    self.titles = titles
  }

  /// What comes before the first row.
  package func begin(_ bytes: inout [UInt8]) {
    switch format {
    case .tsv, .csv:
      appendCells(titles.map { .text(Array($0.utf8)) }, to: &bytes)
    case .json: bytes += Array("[".utf8)
    case .jsonl: break
    }
  }

  /// One row, with as many fields as there are titles; `isFirst` tells whether it is the first.
  package func append(_ fields: [RowField], isFirst: Bool, to bytes: inout [UInt8]) {
    switch format {
    case .tsv, .csv: appendCells(fields, to: &bytes)
    case .jsonl:
      appendObject(fields, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    case .json:
      bytes += Array((isFirst ? "\n" : ",\n").utf8)
      appendObject(fields, to: &bytes)
    }
  }

  /// What comes after the last row.
  package func end(_ bytes: inout [UInt8]) {
    if format == .json { bytes += Array("\n]\n".utf8) }
  }

  // MARK: Cells

  private func appendCells(_ fields: [RowField], to bytes: inout [UInt8]) {
    let separator = format == .tsv ? UInt8(ascii: "\t") : UInt8(ascii: ",")
    for (place, field) in fields.enumerated() {
      if place > 0 { bytes.append(separator) }
      switch field {
      case .number(let number): bytes += Array(String(number).utf8)
      case .measure(let measure): bytes += Array(String(measure).utf8)
      case .flag(let flag): bytes += Array(String(flag).utf8)
      case .absent: break
      case .text(let text) where format == .tsv: appendEscaped(text, &bytes)
      case .text(let text): appendQuoted(text, &bytes)
      }
    }
    // RFC 4180 asks for both characters.
    bytes += Array((format == .tsv ? "\n" : "\r\n").utf8)
  }

  /// As PostgreSQL's COPY has it.
  private func appendEscaped(_ text: [UInt8], _ bytes: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
      case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
      case UInt8(ascii: "\r"): bytes += Array("\\r".utf8)
      case UInt8(ascii: "\\"): bytes += Array("\\\\".utf8)
      default: bytes.append(byte)
      }
    }
  }

  private func appendQuoted(_ text: [UInt8], _ bytes: inout [UInt8]) {
    let special = [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    guard text.contains(where: special.contains) else {
      bytes += text
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  // MARK: Objects

  private func appendObject(_ fields: [RowField], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for (place, field) in fields.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(string: titles[place])
      bytes.append(UInt8(ascii: ":"))
      switch field {
      case .number(let number): bytes += Array(String(number).utf8)
      case .measure(let measure): bytes += Array(String(measure).utf8)
      case .flag(let flag): bytes += Array(String(flag).utf8)
      case .absent: bytes += Array("null".utf8)
      case .text(let text): bytes.append(string: text)
      }
    }
    bytes.append(UInt8(ascii: "}"))
  }
}
