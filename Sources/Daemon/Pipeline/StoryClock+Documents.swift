// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Documents
internal import NearDuplicates

extension StoryClock {
  /// The time of a document for the window of stories, in microseconds since the epoch.
  ///
  /// - Parameters:
  ///   - published: What the document says; where that cannot be, its arrival counts.
  ///   - arrived: In microseconds since the epoch.
  func time(published: PublishedMoment?, arrived: Int64) -> Int64 {
    guard self == .published, let published, published.isPlausible(arrived: arrived) else {
      return arrived
    }
    return published.microseconds
  }
}
