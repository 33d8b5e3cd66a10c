// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// What a system call answered: its name and errno(3), saved before anything else can change it.
struct SystemError: Error, Equatable {
  let call: StaticString
  let number: Int32

  init(_ call: StaticString) {
    number = errno
    self.call = call
  }

  /// - Parameter number: What a call answers that leaves errno alone.
  init(_ call: StaticString, number: Int32) {
    self.number = number
    self.call = call
  }

  var text: String {
    guard let message = strerror(number) else { return "\(call): error \(number)" }
    return "\(call): \(String(cString: message))"
  }

  static func == (left: Self, right: Self) -> Bool { left.number == right.number }
}
