// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// A system call that a test needed and that failed: which, on what, and errno in words.
package struct SystemCallFailure: Error, CustomStringConvertible {
  package let call: String
  package let subject: String
  package let code: Int32

  /// Takes `errno` unless a code is given, so make it before anything else can change errno.
  package init(_ call: String, _ subject: String, code: Int32 = errno) {
    self.call = call
    self.subject = subject
    self.code = code
  }

  package var description: String {
    "\(call)(\(subject)): \(String(cString: strerror(code)))"
  }
}
