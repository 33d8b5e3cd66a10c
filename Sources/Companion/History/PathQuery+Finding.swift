// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

extension PathQuery {
  /// Candidates that a message names at most.
  private static let namedCandidates = 10

  /// What a user may have meant who did not type a path that is recorded: the document of a number,
  /// or the one file whose path ends so.
  ///
  /// The query itself where it finds a document, and where nothing else does: the log may have
  /// refused a file of that path.
  ///
  /// - Parameter text: What the user typed.
  func found(
    _ text: String, in collection: RecordedCollection
  ) throws(CommandFailure) -> PathQuery {
    func drop(_ document: RecordedDocument) -> [UInt8] { collection.drops[document.drop] ?? [] }
    if collection.documents.contains(where: { matches($0.path, drop: drop($0)) }) { return self }
    if let number = UInt32(text), let document = collection[number] {
      return PathQuery(recorded: document.path, drop: drop(document))
    }
    let ending = Array("/\(text)".utf8)
    var paths: [PathQuery: [UInt8]] = [:]
    for document in collection.documents {
      let file = MemberPath.file(document.path)
      guard file.suffix(ending.count).elementsEqual(ending) else { continue }
      paths[PathQuery(recorded: file, drop: drop(document))] = collection.name(of: document)
    }
    guard paths.count > 1 else { return paths.keys.first ?? self }
    let names = paths.values.map { TerminalText.safe(MemberPath.file($0)) }.sorted()
    let more = names.count > Self.namedCandidates ? ", …" : ""
    throw CommandFailure(
      CommandFailure.notFound,
      "\(names.count) files are called \(TerminalText.safe(text)): "
        + names.prefix(Self.namedCandidates).joined(separator: ", ") + more + "; name one of them")
  }
}
