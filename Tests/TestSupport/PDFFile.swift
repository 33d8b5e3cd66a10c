// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The smallest PDF (ISO 32000-1) that shows a text: one font, pages of lines.
package enum PDFFile {
  private static let lineLength = 85
  private static let linesOfPage = 52

  package static func bytes(_ text: String) -> [UInt8] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap(wrapped)
    let pages = stride(from: 0, to: max(1, lines.count), by: linesOfPage).map {
      Array(lines[$0..<min(lines.count, $0 + linesOfPage)])
    }
    let kids = pages.indices.map { "\(4 + 2 * $0) 0 R" }.joined(separator: " ")
    var objects = [
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Count \(pages.count) /Kids [\(kids)] >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for (number, page) in pages.enumerated() {
      let shown = page.map { "(\(escaped($0))) Tj T*\n" }.joined()
      let content = "BT /F1 11 Tf 14 TL 60 780 Td\n\(shown)ET"
      objects.append(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents \(5 + 2 * number) 0 R "
          + "/Resources << /Font << /F1 3 0 R >> >> >>")
      objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
    }
    return assembled(objects)
  }

  private static func assembled(_ objects: [String]) -> [UInt8] {
    var file = Array("%PDF-1.4\n".utf8)
    var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for (number, object) in objects.enumerated() {
      let offset = String(file.count)
      table += String(repeating: "0", count: 10 - offset.count) + "\(offset) 00000 n \n"
      file += Array("\(number + 1) 0 obj\n\(object)\nendobj\n".utf8)
    }
    let start = file.count
    file += Array(table.utf8)
    file += Array(
      "trailer << /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8)
    return file
  }

  private static func wrapped(_ paragraph: Substring) -> [String] {
    var lines = [""]
    for word in paragraph.split(separator: " ") {
      if lines[lines.count - 1].count + word.count >= lineLength { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines
  }

  /// What is not ASCII is left out: the font's encoding has it elsewhere.
  private static func escaped(_ line: String) -> String {
    String(line.unicodeScalars.filter(\.isASCII)).reduce(into: "") {
      $0 += "\\()".contains($1) ? "\\\($1)" : "\($1)"
    }
  }
}
