// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension MetricFamily {
  /// Every measurement of the daemon, in the order in which they are written.
  static let all: [MetricFamily] = [
    documents, skipped, merges, moves, storyMerges, storyMoves, overflows, scans, clusters, stories,
    collectionDocuments, backlog, inFlightFiles, inFlightBytes, indexBytes, watches,
    dropDirectoryMode, writeTrouble, lastEvent, queueWait, commit, buildInfo,
  ]

  static let documents = MetricFamily(
    "neardupd_documents", .counter,
    "Documents recorded since the daemon started, by how they relate to earlier ones.")
  static let skipped = MetricFamily(
    "neardupd_skipped", .counter, "Files recorded as skipped since the start, by reason.")
  static let merges = MetricFamily(
    "neardupd_merges", .counter, "Times that clusters were merged since the start.")
  static let moves = MetricFamily(
    "neardupd_moves", .counter, "Documents moved to another cluster since the start.")
  static let storyMerges = MetricFamily(
    "neardupd_story_merges", .counter, "Times that stories were merged since the start.")
  static let storyMoves = MetricFamily(
    "neardupd_story_moves", .counter, "Documents moved to another story since the start.")
  static let overflows = MetricFamily(
    "neardupd_overflows", .counter,
    "Overflows of the event queue of the kernel since the start; a scan follows each.")
  static let scans = MetricFamily(
    "neardupd_scans", .counter, "Scans of a whole drop directory since the start.")
  static let clusters = MetricFamily(
    "neardupd_clusters", .gauge, "Clusters in the collection, over the life of the state.")
  static let stories = MetricFamily(
    "neardupd_stories", .gauge,
    "Stories in the collection, over the life of the state; absent when there are to be none.")
  static let collectionDocuments = MetricFamily(
    "neardupd_collection_documents", .gauge,
    "Documents in the collection, over the life of the state.")
  static let backlog = MetricFamily(
    "neardupd_backlog_files", .gauge, "Files seen and not yet taken into the pipeline.")
  static let inFlightFiles = MetricFamily(
    "neardupd_in_flight_files", .gauge, "Files between arrival and decision.")
  static let inFlightBytes = MetricFamily(
    "neardupd_in_flight", .gauge, unit: "bytes", "Bytes of the files being read.")
  static let indexBytes = MetricFamily(
    "neardupd_index", .gauge, unit: "bytes",
    "Memory of the index, of the cluster tables and of stories.")
  static let watches = MetricFamily(
    "neardupd_watches", .gauge, "Directories watched through inotify.")
  static let dropDirectoryMode = MetricFamily(
    "neardupd_drop_directory_mode", .gauge,
    "1 for the mode of a drop directory (watching, polling, missing or hanging), 0 for the others."
  )
  static let writeTrouble = MetricFamily(
    "neardupd_write_trouble", .gauge,
    "1 while the state or the cluster log cannot be written, as on a full disk; else 0.")
  static let lastEvent = MetricFamily(
    "neardupd_last_event_timestamp", .gauge, unit: "seconds",
    "When records were last written to the cluster log; absent before the first.")
  static let queueWait = MetricFamily(
    "neardupd_queue_wait", .histogram, unit: "seconds",
    "Time from the arrival of a settled file to the commit of its record.")
  static let commit = MetricFamily(
    "neardupd_commit", .histogram, unit: "seconds",
    "Time to write a batch to the state and to the cluster log, syncs included.")
  /// A gauge, though OpenMetrics has a kind for it: node_exporter refuses that kind.
  static let buildInfo = MetricFamily(
    "neardupd_build_info", .gauge, "Always 1; the labels tell what is running.")
}
