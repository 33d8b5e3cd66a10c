// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// What a record other than `assigned` has for the columns of `other_records`.
///
/// Paths are taken of refusals only: those of documents stand with the documents, and leave with
/// them.
struct OtherFields {
  /// A match, whose path is left out.
  struct Measures {
    var document: UInt32
    var shared: Int?
    var resemblance: Double?
    var containment: Double?
    var clusterSimilarity: Double?

    init(_ match: Match) {
      document = match.document
      shared = match.shared
      resemblance = match.resemblance
      containment = match.containment
      clusterSimilarity = match.clusterSimilarity
    }

    init(_ match: StoryMatch) { document = match.document }
  }

  var event = ""
  var document: UInt32?
  var target: UInt32?
  var origin: [UInt32] = []
  var match: Measures?
  var storyMatch: StoryMatch?
  var documents: Int?
  var clusters: Int?
  var reason: String?
  var detail: String?
  var path: [UInt8]?
  var drop: [UInt8]?

  init(_ record: Record) {
    switch record {
    case .assigned: event = LogEvent.assigned.rawValue
    case .merged(let merged):
      event = LogEvent.merged.rawValue
      (document, target, origin) = (merged.document, merged.cluster, merged.absorbed)
      match = Measures(merged.match)
    case .moved(let moved):
      event = LogEvent.moved.rawValue
      (document, target, origin) = (moved.document, moved.to, [moved.from])
      reason = moved.reason
    case .storyMerged(let merged):
      event = LogEvent.storyMerged.rawValue
      (document, target, origin) = (merged.document, merged.story, merged.absorbed)
      switch merged.evidence {
      case .cluster(let found): match = Measures(found)
      case .terms(let found): (match, storyMatch) = (Measures(found), found)
      case nil: break
      }
    case .storyMoved(let moved):
      event = LogEvent.storyMoved.rawValue
      (document, target, origin) = (moved.document, moved.to, [moved.from])
      reason = moved.reason
    case .skipped(let skipped):
      event = LogEvent.skipped.rawValue
      (reason, detail) = (skipped.reason.rawValue, skipped.detail)
      (path, drop) = (skipped.path, skipped.drop)
    case .removed(let removed):
      event = LogEvent.removed.rawValue
      (document, origin) = (removed.document, [removed.cluster])
      reason = removed.reason?.rawValue
    case .expired(let expired):
      event = LogEvent.expired.rawValue
      document = expired.through
      (documents, clusters) = (expired.documents, expired.clusters)
      reason = expired.because.rawValue
    }
  }
}
