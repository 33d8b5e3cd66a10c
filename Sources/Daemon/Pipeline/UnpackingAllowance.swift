// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Synchronization

/// What may come of one file that programs take apart, whatever is within what: no bomb goes off.
final class UnpackingAllowance: Sendable {
  /// Texts are compressed to a tenth, logs and copies to a hundredth.
  static let ratio = 256
  /// What may come of any file, however small.
  static let floor = 256 << 20
  /// So many files.
  static let mostFiles = 1_000_000
  /// Archives within archives: two, and no archive within these.
  static let deepest = 2

  private let most: Int
  private let state: Mutex<(bytes: Int, files: Int)>

  /// - Parameter size: of the file, in bytes.
  init(size: Int) {
    let (product, isTooMuch) = size.multipliedReportingOverflow(by: Self.ratio)
    most = max(Self.floor, isTooMuch ? .max : product)
    state = Mutex((bytes: 0, files: 0))
  }

  /// Notes bytes that came; answers what to tell when these are too many.
  func take(bytes: Int) -> String? {
    let sum = state.withLock { state in
      state.bytes += bytes
      return state.bytes
    }
    guard sum > most else { return nil }
    return "more than \(most) bytes came of it: \(Self.ratio) times its size, "
      + "or \(Self.floor >> 20) MiB"
  }

  /// The same for a file.
  func takeFile() -> String? {
    let count = state.withLock { state in
      state.files += 1
      return state.files
    }
    return count > Self.mostFiles ? "it holds more than \(Self.mostFiles) files" : nil
  }
}
