// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// Hands a value with one owner over to the task that is to own it.
final class Handover<Value: ~Copyable>: Sendable {
  private let value: Mutex<Value?>

  init(_ value: consuming sending Value) { self.value = Mutex(consume value) }

  /// The value, once; nil afterwards.
  func take() -> sending Value? {
    value.withLock { held in
      var taken: Value? = nil
      swap(&taken, &held)
      return taken
    }
  }
}
