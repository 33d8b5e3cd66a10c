// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// What a collection is called in the database.
package struct HostName: Sendable, Equatable {
  package var name: String
  /// Whether somebody said so: the name of the machine gives way to one that the database knows
  /// the collection by, so that renaming a machine makes no second collection.
  package var isGiven: Bool

  /// - Parameter given: by option or environment; nil for the name of the machine.
  package init(
    given: String?, machine: () -> String? = Self.machine
  ) throws(LinkFailure) {
    guard let name = given ?? machine() else {
      throw LinkFailure(.configuration, "the machine has no name; give one with --host")
    }
    guard Self.isValid(name) else {
      throw LinkFailure(
        .configuration, "the name of the host is 1 to 255 bytes without control characters")
    }
    self.name = name
    isGiven = given != nil
  }

  static func isValid(_ name: String) -> Bool {
    (1...255).contains(name.utf8.count)
      && name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// gethostname(2); nil where there is none.
  package static func machine() -> String? {
    var bytes = [CChar](repeating: 0, count: Int(HOST_NAME_MAX) + 1)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return nil }
    let name = String(
      decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return name.isEmpty ? nil : name
  }
}
