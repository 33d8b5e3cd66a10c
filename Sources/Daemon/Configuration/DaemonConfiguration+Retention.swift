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
  var forgetsDeleted: Bool { drop.onDelete == .forget }
}

extension RetentionLimits {
  /// So much of what the control group grants is for documents: the rest is for the work on those
  /// that arrive, and for what the allocator keeps.
  private static let grantedShare = (numerator: 3, denominator: 4)

  /// - Parameter granted: what the daemon's control group lets it take; nil for any.
  init(_ retention: DaemonConfiguration.Retention, granted: Int?) {
    window = retention.window.map { Int64(clamping: $0.wholeNanoseconds / 1_000) }
    documents = retention.documents == 0 ? nil : retention.documents
    memory =
      retention.memory > 0
      ? retention.memory
      : granted.map { $0 / Self.grantedShare.denominator * Self.grantedShare.numerator }
  }
}
