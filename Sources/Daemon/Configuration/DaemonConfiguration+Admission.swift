// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DaemonConfiguration.Drop {
  /// Whether a file is a document by its path relative to the drop directory, in raw bytes.
  ///
  /// No component may match an exclude pattern and the last one must match an include pattern.
  package func admitsFile(_ relativePath: some Collection<UInt8>) -> Bool {
    let components = relativePath.split(separator: UInt8(ascii: "/"))
    guard let name = components.last, include.contains(where: { $0.matches(name) }) else {
      return false
    }
    return components.allSatisfy(admitsDirectory)
  }

  /// Whether a directory is looked into, by its own name in raw bytes.
  package func admitsDirectory(_ name: some Collection<UInt8>) -> Bool {
    !exclude.contains { $0.matches(name) }
  }
}
