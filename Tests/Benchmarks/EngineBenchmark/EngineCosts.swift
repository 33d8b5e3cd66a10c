// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Processor time in seconds, by what it went into, and how much was done in it.
struct EngineCosts {
  var documents = 0
  var bytes = 0
  var fingerprinting = 0.0
  var preparing = 0.0
  /// Without reading the stored tokens, which the daemon has in its database.
  var deciding = 0.0
  var linking = 0.0
  var reading = 0.0

  var total: Double { fingerprinting + preparing + deciding + linking }

  static func - (left: Self, right: Self) -> Self {
    Self(
      documents: left.documents - right.documents, bytes: left.bytes - right.bytes,
      fingerprinting: left.fingerprinting - right.fingerprinting,
      preparing: left.preparing - right.preparing, deciding: left.deciding - right.deciding,
      linking: left.linking - right.linking, reading: left.reading - right.reading)
  }

  /// Of a time in microseconds, or of bytes.
  func perDocument(_ amount: Double) -> Double {
    (amount / Double(max(1, documents)) * 100).rounded() / 100
  }

  func microseconds(_ seconds: Double) -> Double { perDocument(seconds * 1e6) }
}
