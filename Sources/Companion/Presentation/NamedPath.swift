// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// A name in a JSON report, as the cluster log has it: lossy where its bytes are not UTF-8, and
/// then with these in base64.
struct NamedPath: Encodable, Sendable, Equatable {
  let path: String
  let pathB64: String?
  /// The name of a member of a container.
  let member: String?
  /// The drop directory; only where documents of several are known.
  let drop: String?

  init(_ path: [UInt8], drop: [UInt8]? = nil) {
    let (file, member) = MemberPath.split(path)
    self.path = String(decoding: file, as: UTF8.self)
    pathB64 = String(validating: file, as: UTF8.self) == nil ? Self.base64(Array(file)) : nil
    self.member = member.map { String(decoding: $0, as: UTF8.self) }
    self.drop = drop.map { String(decoding: $0, as: UTF8.self) }
  }

  static func base64(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.append(base64: bytes)
    return String(decoding: text, as: UTF8.self)
  }

  init(_ document: RecordedDocument, _ collection: RecordedCollection) {
    self.init(
      document.path, drop: collection.hasSeveralDrops ? collection.drops[document.drop] : nil)
  }
}
