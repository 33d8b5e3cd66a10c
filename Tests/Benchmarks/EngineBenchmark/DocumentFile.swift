// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Reads a file in which a zero byte ends each document: a million documents in a folder would
/// measure the file system.
struct DocumentFile {
  private let descriptor: CInt
  private var chunk: [UInt8] = []
  private var position = 0
  private var offset = 0

  init(path: String) {
    descriptor = SystemCalls.openFile(path)
  }

  mutating func next() -> [UInt8]? {
    while true {
      if let end = chunk[position...].firstIndex(of: 0) {
        defer { position = end + 1 }
        return Array(chunk[position..<end])
      }
      let more = SystemCalls.readAtMost(1 << 20, from: descriptor, at: offset)
      guard !more.isEmpty else {
        SystemCalls.close(descriptor)
        return nil
      }
      offset += more.count
      chunk = Array(chunk[position...]) + more
      position = 0
    }
  }
}
