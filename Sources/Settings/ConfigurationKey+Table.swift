// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension ConfigurationKey {
  /// Every key there is, in the order of the file.
  package static let all: [ConfigurationKey] =
    drop + extract + pipeline + detection + stories + retention + log + state + metrics

  private static let drop: [ConfigurationKey] = [
    .init(
      "drop", "directories", \.drop.directories, .directories, .onRestart,
      option: "drop-directory", place: .spool, "The directories whose files are documents."),
    .init(
      "drop", "recursive", \.drop.recursive, .flag, .onRestart,
      "Whether files in sub-directories count."),
    .init(
      "drop", "settle", \.drop.settle, .duration(.zero ... .seconds(3600)), .onReload,
      "How long a written file must stay untouched before it is read."),
    .init(
      "drop", "include", \.drop.include, .patterns, .onReload,
      "The file names that are documents."),
    .init(
      "drop", "exclude", \.drop.exclude, .patterns, .onReload,
      "The names of files and directories that are passed over."),
    .init(
      "drop", "max-size", \.drop.maxSize, .size(1...(1 << 30)), .onReload,
      "The largest file that is read."),
    .init(
      "drop", "rescan-interval", \.drop.rescanInterval, .duration(.zero ... .seconds(604_800)),
      .onReload, "How often the directories are compared with the state; 0 means never."),
    .init(
      "drop", "on-delete", \.drop.onDelete, .choice, .onRestart,
      "What a document's disappearance means."),
    .init(
      "drop", "after", \.drop.after, .choice, .onRestart,
      "What becomes of a file once its record is durable."),
    .init(
      "drop", "move-to", \.drop.moveTo, .optionalPath, .onRestart,
      "Where recorded files go when after is \"move-to\"."),
    .init(
      "drop", "follow-links", \.drop.followLinks, .flag, .onRestart,
      "Whether symbolic links to files are read."),
    .init(
      "drop", "watch", \.drop.watch, .choice, .onRestart,
      "How changes are noticed: inotify where it can see, or polling."),
    .init(
      "drop", "poll-interval", \.drop.pollInterval,
      .duration(.milliseconds(10) ... .seconds(86_400)), .onRestart,
      "How often a polled directory is read."),
  ]

  private static let extract: [ConfigurationKey] = [
    .init(
      "extract", "pdf", \.extract.pdf, .command, .onReload,
      "The program that reads PDF; \"\" for none."),
    .init(
      "extract", "word", \.extract.word, .command, .onReload,
      "The program that reads Word's documents of before 2007; \"\" for none."),
    .init(
      "extract", "zipped", \.extract.zipped, .command, .onReload,
      "The program that takes DOCX, PPTX, OpenDocument and EPUB apart; \"\" for none."),
    .init(
      "extract", "compressed", \.extract.compressed, .command, .onReload,
      "The program that decompresses gzip, xz, Zstandard and bzip2; \"\" for none."),
    .init(
      "extract", "archive", \.extract.archive, .command, .onReload,
      "The program that takes zip, tar and 7z archives apart; \"\" for none."),
    .init(
      "extract", "others", \.extract.others, .namedPrograms, .onReload,
      "Programs that read files with certain names, whatever is in them."),
    .init(
      "extract", "time", \.extract.time, .duration(.milliseconds(100) ... .seconds(3600)),
      .onReload, "How long a program may take for a file."),
    .init(
      "extract", "memory", \.extract.memory, .size((16 << 20)...(1 << 40)), .onReload,
      "The most memory that a program may take."),
    .init(
      "extract", "output", \.extract.output, .size((1 << 10)...(1 << 30)), .onReload,
      "The most that a program may write."),
    .init(
      "extract", "processes", \.extract.processes, .integer(1...64), .onRestart,
      "The most programs that run at the same time."),
  ]

  private static let pipeline: [ConfigurationKey] = [
    .init(
      "pipeline", "workers", \.pipeline.workers, .integer(0...1024), .onRestart,
      "Documents fingerprinted at the same time; 0 means one per processor."),
    .init(
      "pipeline", "queue", \.pipeline.queue, .integer(1...1_000_000), .onRestart,
      "The most files between arrival and decision."),
    .init(
      "pipeline", "in-flight-bytes", \.pipeline.inFlightBytes, .size((1 << 20)...(1 << 40)),
      .onReload, "The most bytes of documents held in memory at once."),
    .init(
      "pipeline", "batch", \.pipeline.batch, .integer(1...65_536), .onRestart,
      "The most documents in one transaction."),
  ]

  private static let detection: [ConfigurationKey] = [
    .init(
      "detection", "minimum-words", \.detection.minimumWords, .integer(1...1_000_000), .onRestart,
      "Documents with fewer words are skipped."),
    .init(
      "detection", "threshold", \.detection.threshold,
      .number(DaemonConfiguration.Detection.thresholds), .onRestart,
      "The probability of being a copy from which a document joins a cluster."),
    .init(
      "detection", "sample-one-in", \.detection.sampleOneIn, .integer(1...4096), .onRestart,
      "One shingle in this many is kept in a document's sketch."),
  ]

  private static let stories: [ConfigurationKey] = [
    .init(
      "stories", "enabled", \.stories.enabled, .flag, .onRestart,
      "Whether clusters are gathered into stories."),
    .init(
      "stories", "window", \.stories.window, .duration(.seconds(60) ... .seconds(3650 * 86_400)),
      .onRestart, "How long a cluster's first document draws others to its story."),
    .init(
      "stories", "clock", \.stories.clock, .choice, .onRestart,
      "What the window is measured by: arrival, or what documents say of their publication."),
  ]

  private static let retention: [ConfigurationKey] = [
    .init(
      "retention", "window", \.retention.window,
      .durationOrForever(.seconds(60) ... .seconds(36_500 * 86_400)), .onRestart,
      "How long a document takes part in decisions; \"forever\" for no limit."),
    .init(
      "retention", "documents", \.retention.documents, .integer(0...2_000_000_000), .onRestart,
      "The most documents that take part in decisions; 0 for any number."),
    .init(
      "retention", "memory", \.retention.memory, .size(0...(1 << 46)), .onRestart,
      "The most memory to take; 0 for three quarters of what the control group grants."),
  ]

  private static let log: [ConfigurationKey] = [
    .init(
      "log", "path", \.log.path, .path, .onRestart, option: "cluster-log", place: .clusterLog,
      "The cluster log."),
    .init(
      "log", "sync", \.log.sync, .choice, .onRestart,
      "When the cluster log is synced to the disk."),
    .init(
      "log", "sync-interval", \.log.syncInterval, .duration(.milliseconds(1) ... .seconds(3600)),
      .onRestart, "How often it is synced when sync is \"interval\"."),
    .init(
      "log", "level", \.log.level, .choice, .onReload, option: "log-level",
      "The least severe messages that go to the journal."),
  ]

  private static let state: [ConfigurationKey] = [
    .init(
      "state", "directory", \.state.directory, .path, .onRestart, option: "state-directory",
      place: .state, "Where the state is kept.")
  ]

  private static let metrics: [ConfigurationKey] = [
    .init(
      "metrics", "textfile", \.metrics.textfile, .optionalPath, .onReload,
      "A file for measurements; \"\" means none."),
    .init(
      "metrics", "format", \.metrics.format, .choice, .onReload,
      "The format of that file: that of Prometheus, or OpenMetrics 1.0."),
    .init(
      "metrics", "name", \.metrics.name, .text, .onReload,
      "The value of the label \"daemon\" on every measurement; \"\" means no label."),
  ]
}
