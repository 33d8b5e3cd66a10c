// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Settings
internal import StateStore

/// Brings back from the state what is kept in memory of it: at a start, and when documents were
/// forgotten.
struct CollectionLoader: Sendable {
  let reader: StateReader
  let threshold: Double
  /// Nil when there are to be no stories.
  let stories: StorySettings?
  let limits: RetentionLimits

  struct Loaded: Sendable {
    var collection: RestoredCollection
    var stories: RestoredStories?
  }

  /// Each part on a thread of its own.
  ///
  /// - Parameter progress: called now and then, from any of them, with the number of documents that
  ///   all parts have done.
  func load(
    _ history: StateHistory, progress: @escaping @Sendable (Int) -> Void
  ) async throws -> Loaded {
    let parts = LoadingProgress(parts: stories == nil ? 1 : 2, tell: progress)
    // Texts are looked up one by one: a connection of its own for each thread that does.
    let texts = try (0..<3).map { _ in
      RecordedFiles(reader: try reader.another(), dropNumbers: [])
    }
    defer { for files in texts { files.reader.close() } }
    let (settings, threshold, limits) = (stories, threshold, limits)
    return try await withTaskExecutorPreference(BlockingExecutor(threads: 2)) {
      async let stories = settings.map {
        try RestoredStories(history, texts[0], $0) { parts.note($0, of: 1) }
      }
      async let collection = RestoredCollection(
        history, (texts[1], texts[2]), threshold: threshold, limits: limits
      ) { parts.note($0, of: 0) }
      return Loaded(collection: try await collection, stories: try await stories)
    }
  }
}
