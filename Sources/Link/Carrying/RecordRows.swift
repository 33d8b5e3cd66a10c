// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// The rows of a batch as COPY takes them, in the order of the columns that are named here.
struct RecordRows {
  static let documents = """
    COPY neardup.documents (host, document, seq, time, bytes, words, cluster, assigned_cluster, \
    relation, story, assigned_story, matched, shared, resemblance, containment, \
    cluster_similarity, story_matched, story_similarity, replaces, sha256, path, member, \
    path_bytes, drop_directory, title, published, source, language, encoding, contains) FROM STDIN
    """

  static let others = """
    COPY neardup.other_records (host, seq, time, event, document, target, origin, matched, \
    shared, resemblance, containment, cluster_similarity, story_similarity, documents, clusters, \
    reason, detail, path, member, path_bytes, drop_directory) FROM STDIN
    """

  /// The number of the host.
  let host: Int

  func documents(of batch: RecordBatch) -> [UInt8] {
    var text = CopyText()
    for document in batch.documents { append(document, batch, to: &text) }
    return text.bytes
  }

  func others(of batch: RecordBatch) -> [UInt8] {
    var text = CopyText()
    for logged in batch.others { append(logged, to: &text) }
    return text.bytes
  }

  private func append(
    _ document: RecordBatch.NewDocument, _ batch: RecordBatch, to text: inout CopyText
  ) {
    let assigned = document.assigned
    text.append(host)
    text.append(assigned.document)
    text.append(document.sequence)
    text.append(time: document.time)
    text.append(assigned.bytes)
    text.append(assigned.words)
    text.append(batch.cluster(of: document))
    text.append(assigned.cluster)
    text.append(text: assigned.relation.rawValue)
    text.append(batch.story(of: document))
    text.append(assigned.story)
    append(assigned.match, to: &text)
    text.append(assigned.storyMatch?.document)
    text.append(measure: assigned.storyMatch?.similarity)
    text.append(assigned.replaces)
    text.append(bytes: assigned.sha256)
    append(path: assigned.path, drop: assigned.drop, to: &text)
    let description = assigned.description
    for value in [
      description.title, description.published, description.source, description.language,
      description.encoding,
    ] {
      text.append(text: value)
    }
    text.append(list: assigned.contains)
    text.endRow()
  }

  private func append(_ logged: LoggedRecord, to text: inout CopyText) {
    let fields = OtherFields(logged.record)
    text.append(host)
    text.append(logged.sequence)
    text.append(time: logged.time)
    text.append(text: fields.event)
    text.append(fields.document)
    text.append(fields.target)
    text.append(list: fields.origin)
    append(fields.match, to: &text)
    text.append(measure: fields.storyMatch?.similarity)
    text.append(fields.documents)
    text.append(fields.clusters)
    text.append(text: fields.reason)
    text.append(text: fields.detail)
    append(path: fields.path, drop: fields.path == nil ? nil : fields.drop, to: &text)
    text.endRow()
  }

  private func append(_ match: OtherFields.Measures?, to text: inout CopyText) {
    text.append(match?.document)
    text.append(match?.shared)
    text.append(measure: match?.resemblance)
    text.append(measure: match?.containment)
    text.append(measure: match?.clusterSimilarity)
  }

  private func append(_ match: Match?, to text: inout CopyText) {
    append(match.map { OtherFields.Measures($0) }, to: &text)
  }

  /// `path`, `member`, `path_bytes` and `drop_directory`.
  private func append(path: [UInt8]?, drop: [UInt8]?, to text: inout CopyText) {
    if let path {
      let (file, member) = MemberPath.split(path)
      text.append(text: String(decoding: file, as: UTF8.self))
      text.append(text: member.map { String(decoding: $0, as: UTF8.self) })
      let isText = String(validating: file, as: UTF8.self) != nil
      text.append(bytes: isText ? nil : Array(file))
    } else {
      for _ in 0..<3 { text.appendNull() }
    }
    text.append(text: drop.map { String(decoding: $0, as: UTF8.self) })
  }
}
