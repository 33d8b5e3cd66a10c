// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What joined two stories: the words of two clusters, or that two of their clusters are one.
package enum StoryEvidence: Sendable, Equatable {
  case terms(StoryMatch)
  case cluster(Match)
}
