// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Why one value cannot stand, before it is known which source gave it.
package struct ValueProblem: Error {
  package var reason: String
  package var remedy: String?

  package init(_ reason: String, remedy: String? = nil) {
    self.reason = reason
    self.remedy = remedy
  }
}
