// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Values as PostgreSQL reads them in parameters.
enum SQLText {
  /// An array of numbers: "{1,2}".
  static func list(_ numbers: some Sequence<UInt32>) -> String {
    "{" + numbers.map { String($0) }.joined(separator: ",") + "}"
  }

  /// An array of texts, each quoted; a NUL, which there is none in PostgreSQL's texts, is left out.
  static func list(texts: some Sequence<String?>) -> String {
    let quoted = texts.map { text in
      guard let text else { return "NULL" }
      var result = "\""
      for scalar in text.unicodeScalars where scalar != "\0" {
        if scalar == "\"" || scalar == "\\" { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
      return result + "\""
    }
    return "{" + quoted.joined(separator: ",") + "}"
  }
}
