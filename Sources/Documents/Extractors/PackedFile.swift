// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A file that a program is to take apart.
package enum PackedFile: Sendable {
  case bytes([UInt8])
  /// Open, and as long as this says; whoever gives it keeps it open until the program is started.
  case descriptor(Int32, size: Int)

  package var size: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .descriptor(_, let size): size
    }
  }

  func input() throws(SpawnError) -> ChildInput {
    switch self {
    case .bytes(let bytes): try ChildInput(bytes)
    case .descriptor(let number, _): try ChildInput(file: number)
    }
  }
}
