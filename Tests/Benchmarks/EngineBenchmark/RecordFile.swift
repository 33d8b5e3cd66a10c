// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates

/// Byte strings by number in a temporary file, where the daemon has its database: in memory those
/// of ten million documents would be more than the index that is measured.
final class RecordFile {
  private let descriptor = SystemCalls.openTemporaryFile()
  /// Where each record begins, and where the next one will.
  private var offsets = [0]
  /// What is not in the file yet.
  private var pending: [UInt8] = []
  /// Processor time spent on reading, in seconds: it is not the engine's.
  private(set) var readingSeconds = 0.0

  var count: Int { offsets.count - 1 }
  var byteCount: Int { offsets[count] }
  /// Bytes that the benchmark itself keeps in memory for the records.
  var residentBytes: Int { offsets.count * MemoryLayout<Int>.stride + Self.pendingBytes }

  private static let pendingBytes = 1 << 20

  init() {
    pending.reserveCapacity(Self.pendingBytes)
  }

  deinit {
    SystemCalls.close(descriptor)
  }

  /// The new record has the number that `count` was.
  func append(_ record: [UInt8]) {
    if pending.count + record.count > Self.pendingBytes {
      SystemCalls.write(pending, to: descriptor, at: byteCount - pending.count)
      pending.removeAll(keepingCapacity: true)
    }
    pending += record
    offsets.append(byteCount + record.count)
  }

  func record(_ number: Int) -> [UInt8] {
    let start = SystemCalls.processorSeconds()
    defer { readingSeconds += SystemCalls.processorSeconds() - start }
    let written = byteCount - pending.count
    let place = offsets[number]..<offsets[number + 1]
    guard place.lowerBound < written else {
      return Array(pending[(place.lowerBound - written)..<(place.upperBound - written)])
    }
    return SystemCalls.read(place.count, from: descriptor, at: place.lowerBound)
  }

  /// A record that is a document's stored tokens.
  func tokens(_ number: Int) -> TokenSequence {
    TokenSequenceCoder.decode(record(number)) ?? TokenSequence(tokens: [], traits: [])
  }
}
