// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A file descriptor with one owner, closed when the owner goes.
struct OwnedDescriptor: ~Copyable, Sendable {
  let number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  deinit {
    SystemCalls.closeDescriptor(number)
  }
}
