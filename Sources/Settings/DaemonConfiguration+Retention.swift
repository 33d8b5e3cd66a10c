// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DaemonConfiguration {
  /// How long documents take part in decisions; whichever limit is reached first counts.
  package struct Retention: Sendable, Equatable {
    /// Ninety days: copies of a text keep coming for days, follow-ups and corrections for weeks;
    /// what is like a text of last season is another publication. Nil for ever.
    package var window: Duration? = .seconds(90 * 86_400)
    /// How many documents at most; 0 for any number.
    package var documents = 0
    /// Bytes of memory that the daemon may take; 0 for what its control group grants.
    package var memory = 0
  }
}

extension DaemonConfiguration {
  /// Whether the document of a file that is gone is forgotten.
  package var forgetsDeleted: Bool { drop.onDelete == .forget }
}
