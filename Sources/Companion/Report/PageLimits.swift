// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How much goes into a page, so that a browser opens it at once and it can be sent.
struct PageLimits: Sendable, Equatable {
  /// Documents that are named; clusters beyond that are counted only.
  var documents = 100_000
  /// Documents of one cluster that are named, the first to arrive.
  var members = 1_000
  /// Clusters that are named in the list of stories; stories beyond that are counted only.
  var storyClusters = 20_000
  /// Clusters of one story that are named, the first to arrive.
  var clustersOfStory = 200
  /// Of the largest and of the newest clusters each, so many come with figures and texts.
  var detailed = 25
  /// Documents of one cluster that are compared with each other and marked in the principal.
  var compared = 24
  /// Words of a principal's text.
  var words = 4_000
}
