// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Names of journal fields: A–Z, 0–9 and _, a letter first, 64 at most (systemd.journal-fields(7)).
enum JournalFieldName {
  private static let prefix = "NEARDUPD_"
  private static let longest = 64

  /// "neardupd.path" and "path" give NEARDUPD_PATH.
  ///
  /// Everything is prefixed, so that no key can pass for MESSAGE or PRIORITY. "errno" alone keeps
  /// its name, since ERRNO is a field that systemd knows.
  static func from(metadataKey key: String) -> String {
    if key == "errno" { return "ERRNO" }
    var name = ""
    for scalar in key.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9": name.unicodeScalars.append(scalar)
      default: name += "_"
      }
    }
    name = name.uppercased()
    if !name.hasPrefix(prefix) { name = prefix + name }
    return String(name.prefix(longest))
  }
}
