// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// One datagram of the sd_notify(3) protocol: lines of KEY=VALUE.
package struct NotifyMessage: Sendable, CustomStringConvertible {
  package let description: String

  init(_ text: String) {
    description = text
  }

  package subscript(key: String) -> String? {
    for line in description.split(separator: "\n") where line.hasPrefix(key + "=") {
      return String(line.dropFirst(key.utf8.count + 1))
    }
    return nil
  }

  package var isReady: Bool { self["READY"] == "1" }
}
