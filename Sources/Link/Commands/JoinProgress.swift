// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Companion

/// What `join` has carried so far, told on standard error every few seconds.
struct JoinProgress {
  private static let pause = Duration.seconds(2)

  private let began = ContinuousClock.now
  private var told = ContinuousClock.now
  private(set) var records = 0
  private(set) var documents = 0

  mutating func take(_ progress: LinkSession.Progress) {
    records += progress.records
    documents += progress.documents
    let now = ContinuousClock.now
    guard told.duration(to: now) >= Self.pause else { return }
    told = now
    StandardOutput.tell("record \(progress.sequence); \(summary)", as: "neardup-link")
  }

  /// "5000 records, 4100 documents in 1.2 s (3416 documents/s)"
  var summary: String {
    let parts = began.duration(to: .now).components
    let seconds = max(Double(parts.seconds) + Double(parts.attoseconds) / 1e18, 0.001)
    let tenths = (seconds * 10).rounded() / 10
    let rate = Int((Double(documents) / seconds).rounded())
    return "\(records) records, \(documents) documents in \(tenths) s (\(rate) documents/s)"
  }
}
