// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension RecordEncoder {
  func append(_ assigned: Assigned, to bytes: inout [UInt8]) {
    bytes.append(plain: #"assigned","document":"#)
    bytes.append(decimal: UInt64(assigned.document))
    append(drop: assigned.drop, to: &bytes)
    append(path: assigned.path, to: &bytes)
    bytes.append(plain: #","bytes":"#)
    bytes.append(decimal: UInt64(clamping: assigned.bytes))
    bytes.append(plain: #","sha256":""#)
    bytes.append(hexadecimal: assigned.sha256)
    bytes.append(plain: #"","words":"#)
    bytes.append(decimal: UInt64(clamping: assigned.words))
    append(assigned.description, to: &bytes)
    bytes.append(plain: #","cluster":"#)
    append(cluster: assigned.cluster, to: &bytes)
    bytes.append(plain: #","relation":""#)
    bytes.append(contentsOf: assigned.relation.rawValue.utf8)
    bytes.append(plain: "\"")
    if let match = assigned.match {
      bytes.append(plain: #","match":"#)
      append(match, to: &bytes)
    }
    if !assigned.contains.isEmpty {
      bytes.append(plain: #","contains":"#)
      append(clusters: assigned.contains, to: &bytes)
    }
    if let story = assigned.story {
      bytes.append(plain: #","story":"#)
      append(story: story, to: &bytes)
    }
    if let match = assigned.storyMatch {
      bytes.append(plain: #","story_match":"#)
      append(match, to: &bytes)
    }
    if let replaces = assigned.replaces {
      bytes.append(plain: #","replaces":"#)
      bytes.append(decimal: UInt64(replaces))
    }
  }

  private func append(clusters: [UInt32], to bytes: inout [UInt8]) {
    bytes.append(plain: "[")
    for (index, cluster) in clusters.enumerated() {
      if index > 0 { bytes.append(plain: ",") }
      append(cluster: cluster, to: &bytes)
    }
    bytes.append(plain: "]")
  }

  func append(_ merged: Merged, to bytes: inout [UInt8]) {
    bytes.append(plain: #"merged","cluster":"#)
    append(cluster: merged.cluster, to: &bytes)
    bytes.append(plain: #","absorbed":"#)
    append(clusters: merged.absorbed, to: &bytes)
    bytes.append(plain: #","because":{"document":"#)
    bytes.append(decimal: UInt64(merged.document))
    bytes.append(plain: #","match":"#)
    append(merged.match, to: &bytes)
    bytes.append(plain: "}")
  }

  func append(_ merged: StoryMerged, to bytes: inout [UInt8]) {
    bytes.append(plain: #"story-merged","story":"#)
    append(story: merged.story, to: &bytes)
    bytes.append(plain: #","absorbed":["#)
    for (index, story) in merged.absorbed.enumerated() {
      if index > 0 { bytes.append(plain: ",") }
      append(story: story, to: &bytes)
    }
    bytes.append(plain: #"],"because":{"document":"#)
    bytes.append(decimal: UInt64(merged.document))
    if let evidence = merged.evidence {
      bytes.append(plain: #","match":"#)
      switch evidence {
      case .terms(let match): append(match, to: &bytes)
      case .cluster(let match): append(match, to: &bytes)
      }
    }
    bytes.append(plain: "}")
  }

  func append(_ moved: Moved, to bytes: inout [UInt8]) {
    bytes.append(plain: #"moved","document":"#)
    bytes.append(decimal: UInt64(moved.document))
    append(drop: moved.drop, to: &bytes)
    append(path: moved.path, to: &bytes)
    bytes.append(plain: #","from":"#)
    append(cluster: moved.from, to: &bytes)
    bytes.append(plain: #","to":"#)
    append(cluster: moved.to, to: &bytes)
    bytes.append(plain: #","reason":"#)
    bytes.append(string: moved.reason)
  }

  func append(_ moved: StoryMoved, to bytes: inout [UInt8]) {
    bytes.append(plain: #"story-moved","document":"#)
    bytes.append(decimal: UInt64(moved.document))
    append(drop: moved.drop, to: &bytes)
    append(path: moved.path, to: &bytes)
    bytes.append(plain: #","from":"#)
    append(story: moved.from, to: &bytes)
    bytes.append(plain: #","to":"#)
    append(story: moved.to, to: &bytes)
    bytes.append(plain: #","reason":"#)
    bytes.append(string: moved.reason)
  }

  func append(_ skipped: Skipped, to bytes: inout [UInt8]) {
    bytes.append(plain: #"skipped""#)
    append(drop: skipped.drop, to: &bytes)
    append(path: skipped.path, to: &bytes)
    bytes.append(plain: #","reason":""#)
    bytes.append(contentsOf: skipped.reason.rawValue.utf8)
    bytes.append(plain: #"","detail":"#)
    bytes.append(string: skipped.detail)
  }

  func append(_ removed: Removed, to bytes: inout [UInt8]) {
    bytes.append(plain: #"removed","document":"#)
    bytes.append(decimal: UInt64(removed.document))
    append(drop: removed.drop, to: &bytes)
    append(path: removed.path, to: &bytes)
    bytes.append(plain: #","cluster":"#)
    append(cluster: removed.cluster, to: &bytes)
    guard let reason = removed.reason else { return }
    bytes.append(plain: #","reason":""#)
    bytes.append(contentsOf: reason.rawValue.utf8)
    bytes.append(plain: "\"")
  }

  func append(_ expired: Expired, to bytes: inout [UInt8]) {
    bytes.append(plain: #"expired","through":"#)
    bytes.append(decimal: UInt64(expired.through))
    bytes.append(plain: #","documents":"#)
    bytes.append(decimal: UInt64(clamping: expired.documents))
    bytes.append(plain: #","clusters":"#)
    bytes.append(decimal: UInt64(clamping: expired.clusters))
    bytes.append(plain: #","because":""#)
    bytes.append(contentsOf: expired.because.rawValue.utf8)
    bytes.append(plain: "\"")
  }
}
