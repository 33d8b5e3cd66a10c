// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What is asked of one line of /proc/self/mountinfo (proc(5)).
package struct Mount: Sendable, Equatable {
  package var id: Int
  /// Where, relative to the process's root, raw bytes.
  package var mountPoint: [UInt8]
  /// "ext4", "nfs4", "fuse.sshfs".
  package var type: String

  /// nil for a line that does not follow proc(5).
  init?(line: ArraySlice<UInt8>) {
    let fields = line.split(separator: 0x20, omittingEmptySubsequences: false)
    // Six fields, any number of optional ones, a lone "-", then type, source and options.
    guard fields.count >= 9,
      let dash = fields[6...].firstIndex(where: { $0.elementsEqual("-".utf8) }),
      dash + 2 < fields.count,
      let id = Int(String(decoding: fields[0], as: UTF8.self))
    else { return nil }
    self.id = id
    mountPoint = Self.unescaped(fields[4])
    type = String(decoding: Self.unescaped(fields[dash + 1]), as: UTF8.self)
  }

  /// Undoes the kernel's \040 for space, tab, newline and backslash.
  private static func unescaped(_ field: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var index = field.startIndex
    while index < field.endIndex {
      if field[index] == 0x5C, field.endIndex - index >= 4,
        let value = UInt8(String(decoding: field[index + 1...index + 3], as: UTF8.self), radix: 8)
      {
        bytes.append(value)
        index += 4
      } else {
        bytes.append(field[index])
        index += 1
      }
    }
    return bytes
  }
}
