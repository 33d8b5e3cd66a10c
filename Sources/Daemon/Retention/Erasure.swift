// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Crypto
internal import NearDuplicates
internal import StateStore

/// What the state loses, and what it keeps differently, when documents are forgotten.
///
/// What a start brings back of the rest is how the daemon goes on, so that nothing in memory has to
/// be taken apart: the rows decide.
struct Erasure {
  private(set) var rows: StateErasure
  /// Where the documents came from.
  private(set) var origins: [UInt32: FileKey] = [:]
  /// Names of files that the state must not have any more.
  private(set) var removedFiles: [FileKey] = []
  /// What is known instead of files that may still be there: they are not to be recorded again.
  private(set) var forgottenFiles: [StoredFile] = []

  /// Rows that are read at a time.
  private static let page = 256

  private let doomed: Set<UInt32>
  /// What the state has of those of them that have a text.
  private var texts: [UInt32: DocumentTrace] = [:]
  private var heirs: [UInt32: UInt32]

  /// Reads what the state has of all documents: a second for each million.
  ///
  /// - Parameter documents: they are in the state; ascending.
  init(_ documents: [UInt32], _ reader: StateReader) throws {
    rows = StateErasure(documents: documents)
    doomed = Set(documents)
    heirs = try reader.horizon().heirs
    for document in documents {
      guard let origin = try reader.origin(of: document) else { continue }
      origins[document] = origin
      guard let file = try reader.knownFile(origin), let current = file.document,
        doomed.contains(current)
      else { continue }
      forget(file)
    }
    let containers = origins.values.filter { MemberPath.split($0.path).member != nil }
      .map { FileKey(drop: $0.drop, path: MemberPath.file($0.path)) }
    for container in Set(containers) { try forget(container, reader) }
    try reader.forEachTrace { try take($0) }
  }

  private mutating func forget(_ file: StoredFile) {
    removedFiles.append(file.key)
    forgottenFiles.append(file.forgotten)
  }

  /// Of a container of which no document is left, the file and the members that are none go, too:
  /// all of them have its path.
  private mutating func forget(_ container: FileKey, _ reader: StateReader) throws {
    var refused: [StoredFile] = []
    var last: [UInt8]?
    repeat {
      let page = try reader.members(of: container, after: last, limit: Self.page)
      for member in page {
        guard let document = member.document else {
          refused.append(member)
          continue
        }
        guard doomed.contains(document) else { return }
      }
      last = page.count == Self.page ? page.last?.key.path : nil
    } while last != nil
    if let file = try reader.knownFile(container) { refused.append(file) }
    for file in refused { forget(file) }
  }

  private mutating func take(_ row: borrowing TraceRow) throws {
    let trace = try row.trace { StoredTrace.document($0, row.document) }
    if doomed.contains(row.document) {
      if case .text = trace.kind { texts[row.document] = trace }
      return
    }
    let all = try row.trace(StoredTrace.units)
    let units = all.filter { !doomed.contains($0.source) }
    if case .copy(let original) = trace.kind, let text = texts[heirs[original] ?? original] {
      guard let own = DocumentTrace(document: row.document, inPlaceOf: text) else {
        throw StateHistory.failure("the state of document \(text.document) cannot be read")
      }
      promote(
        row.document, from: text.document,
        StoredTrace.encode(units: units, trace: own.encode()))
    } else if units.count < all.count {
      rows.sketches[row.document] = StoredTrace.encode(units: units, trace: trace.encode())
    }
  }

  /// The first copy that is left gets the text; the others are copies of that.
  private mutating func promote(_ copy: UInt32, from owner: UInt32, _ sketch: [UInt8]) {
    for (other, heir) in heirs where heir == owner {
      heirs[other] = copy
      rows.heirs[other] = copy
    }
    heirs[owner] = copy
    rows.heirs[owner] = copy
    rows.promotions.append(.init(from: owner, to: copy, sketch: sketch))
  }

  /// Adds all but log lines and revisions to what is committed.
  func add(to batch: inout StateBatch) {
    batch.erasure = rows
    batch.removedFiles += removedFiles
    batch.files += forgottenFiles
  }
}

extension StoredFile {
  /// What stays of it when its document is forgotten: that this very file had its record.
  fileprivate var forgotten: StoredFile {
    StoredFile(
      key: key.forgotten, device: device, inode: inode, size: size, modified: modified,
      changed: changed, sha256: sha256.map(Self.forgottenDigest))
  }

  /// The same for the file as it looks now.
  func seen(as identity: FileIdentity) -> StoredFile {
    StoredFile(
      key: key, device: identity.device, inode: identity.inode, size: Int(identity.size),
      modified: identity.modified, changed: identity.changed, sha256: sha256)
  }

  /// A digest of the digest: it tells the same bytes when they come again, and nobody who looks for
  /// the digest itself finds it.
  private static func forgottenDigest(_ digest: [UInt8]) -> [UInt8] {
    Array(SHA256.hash(data: digest))
  }

  /// Whether its document was forgotten, and the file, or the member, has the bytes that it had.
  func isForgotten(_ digest: [UInt8]) -> Bool {
    key.isForgotten && sha256 == Self.forgottenDigest(digest)
  }
}

extension FileKey {
  /// The name under which a file stays known whose document was forgotten: a digest of its path,
  /// which cannot be read back, behind a NUL, with which no path begins.
  var forgotten: FileKey {
    FileKey(drop: drop, path: [0] + SHA256.hash(data: path).prefix(16))
  }

  /// Whether it is one of those.
  var isForgotten: Bool { path.first == 0 }
}
