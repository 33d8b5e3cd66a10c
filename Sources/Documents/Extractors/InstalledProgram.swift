// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// Where a program is, and how to come by one that is not there.
enum InstalledProgram {
  private static let usualDirectories = "/usr/local/bin:/usr/bin:/bin"

  /// Debian's packages for the programs that are called where nothing else is configured.
  private static let packages = [
    "pdftotext": "poppler-utils", "catdoc": "catdoc", "bsdtar": "libarchive-tools",
    "bsdcat": "libarchive-tools", "prlimit": "util-linux",
  ]

  /// The absolute path of what a name stands for in PATH; nil when it is not there.
  static func path(of name: String) -> String? {
    if name.contains("/") { return isProgram(name) ? name : nil }
    let path = getenv("PATH").map { String(cString: $0) } ?? usualDirectories
    for directory in path.split(separator: ":") where directory.first == "/" {
      let candidate = "\(directory)/\(name)"
      if isProgram(candidate) { return candidate }
    }
    return nil
  }

  static func remedy(_ name: String) -> String {
    if let package = packages[name] { return "install the package \(package)" }
    return name.contains("/") ? "is it an executable file?" : "install it, or give its path"
  }

  private static func isProgram(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && access(path, X_OK) == 0
  }
}
