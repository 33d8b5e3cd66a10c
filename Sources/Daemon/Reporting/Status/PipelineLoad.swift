// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// What the pipeline holds, for those who came to be before there was a pipeline.
final class PipelineLoad: Sendable {
  private let pipeline = Mutex<Pipeline?>(nil)

  func attach(_ pipeline: Pipeline) { self.pipeline.withLock { $0 = pipeline } }

  var now: Pipeline.Load {
    pipeline.withLock { $0 }?.load ?? Pipeline.Load(documents: 0, bytes: 0)
  }
}
