// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension RecordEncoder {
  func append(_ match: Match, to bytes: inout [UInt8]) {
    bytes.append(plain: #"{"document":"#)
    bytes.append(decimal: UInt64(match.document))
    append(path: match.path, to: &bytes)
    bytes.append(plain: #","resemblance":"#)
    bytes.append(measure: match.resemblance)
    bytes.append(plain: #","containment":"#)
    bytes.append(measure: match.containment)
    bytes.append(plain: #","shared":"#)
    bytes.append(decimal: UInt64(clamping: match.shared))
    bytes.append(plain: #","cluster_similarity":"#)
    bytes.append(measure: match.clusterSimilarity)
    bytes.append(plain: "}")
  }

  func append(_ match: StoryMatch, to bytes: inout [UInt8]) {
    bytes.append(plain: #"{"document":"#)
    bytes.append(decimal: UInt64(match.document))
    append(path: match.path, to: &bytes)
    bytes.append(plain: #","similarity":"#)
    bytes.append(measure: match.similarity)
    bytes.append(plain: #","terms":["#)
    for (index, term) in match.terms.prefix(StoryMatch.termLimit).enumerated() {
      if index > 0 { bytes.append(plain: ",") }
      bytes.append(string: term)
    }
    bytes.append(plain: "]}")
  }

  func append(drop: [UInt8]?, to bytes: inout [UInt8]) {
    guard let drop else { return }
    bytes.append(plain: #","drop":"#)
    bytes.append(string: drop)
  }

  /// Writes `path`, and `path_b64` when the name is not UTF-8, so that no name is ever lost; behind
  /// them `member` where it is one.
  func append(path: [UInt8], to bytes: inout [UInt8]) {
    guard path.contains(MemberPath.separator) else { return append(file: path, to: &bytes) }
    let (file, member) = MemberPath.split(path)
    append(file: Array(file), to: &bytes)
    bytes.append(plain: #","member":"#)
    bytes.append(string: member ?? [])
  }

  private func append(file: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(plain: #","path":"#)
    bytes.append(string: file)
    guard !UTF8Sequence.isWellFormed(file.span) else { return }
    bytes.append(plain: #","path_b64":""#)
    bytes.append(base64: file)
    bytes.append(plain: "\"")
  }

  /// Only what the document says: most plain texts have a title and nothing else.
  func append(_ description: SelfDescription, to bytes: inout [UInt8]) {
    for (name, value) in description.fields {
      guard let value else { continue }
      bytes.append(plain: ",\"")
      bytes.append(plain: name)
      bytes.append(plain: "\":")
      bytes.append(string: value)
    }
  }

  func append(cluster: UInt32, to bytes: inout [UInt8]) {
    bytes.append(plain: "\"c")
    bytes.append(decimal: UInt64(cluster))
    bytes.append(plain: "\"")
  }

  func append(story: UInt32, to bytes: inout [UInt8]) {
    bytes.append(plain: "\"s")
    bytes.append(decimal: UInt64(story))
    bytes.append(plain: "\"")
  }
}
