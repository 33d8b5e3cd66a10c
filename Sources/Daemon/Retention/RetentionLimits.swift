// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How much is kept; whichever is reached first counts.
struct RetentionLimits: Sendable, Equatable {
  /// Microseconds; nil for ever.
  var window: Int64?
  /// How many documents at most.
  var documents: Int?
  /// How many bytes the daemon may take.
  var memory: Int?
}
