// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Posix
internal import Synchronization

/// Directories that the daemon writes in itself, told by what they are: names lead elsewhere by
/// links and mounts.
///
/// One that does not answer is what it was when it last did, so that it holds up nobody who lists a
/// drop directory.
final class OwnDirectories: Sendable {
  /// Less than those wait who list a drop directory meanwhile, in nanoseconds.
  private static let patience: UInt64 = 1_000_000_000
  /// How long an answer is good for, in nanoseconds.
  private static let validity: UInt64 = 2_000_000_000

  private struct Known {
    var identity: DirectoryIdentity?
    var time: UInt64
  }

  private let paths: [[UInt8]]
  private let calls = PatientCalls(patience: OwnDirectories.patience)
  private let known = Mutex<[Int: Known]>([:])

  /// - Parameter paths: absolute, raw bytes.
  init(_ paths: [[UInt8]]) { self.paths = paths }

  /// Whether a directory is one of them, where that is there.
  func contains(_ identity: DirectoryIdentity) -> Bool {
    paths.indices.contains { self.identity(of: $0) == identity }
  }

  private func identity(of place: Int) -> DirectoryIdentity? {
    let now = Clocks.monotonic()
    let last = known.withLock { $0[place] }
    if let last, now - min(now, last.time) < Self.validity { return last.identity }
    let path = paths[place]
    let answer = calls.call(place) { _ in Known(identity: DirectoryIdentity(at: path), time: now) }
    guard let answer else { return last?.identity }
    known.withLock { $0[place] = answer }
    return answer.identity
  }
}
