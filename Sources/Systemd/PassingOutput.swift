// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Output that is of use at the moment only: what nobody takes at once is left out.
package enum PassingOutput {
  /// Writes a text without waiting for who reads it.
  package static func write(_ text: String, to descriptor: Int32) {
    _ = SystemCalls.writeAtOnce(descriptor, Array(text.utf8))
  }
}
