// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DaemonConfiguration {
  /// Where measurements are written.
  package struct Metrics: Sendable, Equatable {
    /// A file in the Prometheus text format, replaced as a whole; none by default.
    package var textfile: String?
  }
}
