// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import StateStore

extension DocumentRegister {
  /// Says that a file is no document, unless that was said or the file still is the one it was.
  mutating func skip(
    _ reason: SkipReason, _ detail: String, _ outcome: FileOutcome, _ time: Int64
  ) throws {
    let known = try lookup.file(outcome.key)
    let isNews =
      if let digest = outcome.memberDigest, let identity = outcome.identity {
        try noteMember(reason, digest, outcome.key, identity, known)
      } else if let identity = outcome.identity {
        try note(reason, outcome, identity, known)
      } else {
        try noteUnseen(reason, outcome, known)
      }
    guard isNews else { return }
    append(
      .skipped(
        Skipped(
          drop: dropName(outcome.key.drop), path: outcome.key.path, reason: reason,
          detail: detail)),
      time)
    counts.skipped += 1
    counts.skippedFiles.count(reason, outcome.key.path)
  }

  /// Keeps in mind that a file was skipped; false when that is no news.
  private mutating func note(
    _ reason: SkipReason, _ outcome: FileOutcome, _ identity: FileIdentity, _ known: StoredFile?
  ) throws -> Bool {
    let key = outcome.key
    let recorded = known.map { FileIdentity($0) }
    if reason == .notRegular, known?.skipReason == reason.rawValue {
      // A directory that is in use changes all the time, and is none the less what was told of.
      return false
    }
    let hasSameContent = recorded?.hasSameContentStamp(as: identity) ?? false
    if reason.leavesContentUnread, hasSameContent, known?.isSettled ?? false {
      // The recorded content is still there and only cannot be read at the moment. As nothing is
      // noted of how the file looks now, it is read again when it can be.
      return false
    }
    var file = stored(key, identity)
    file.skipReason = reason.rawValue
    if !reason.leavesContentUnread || known?.size != file.size { try isAnother(key, known) }
    if reason.leavesContentUnread {
      // It may be the recorded content all the same, touched; reading will tell.
      file.document = known?.document
      // Of another size it is other content for certain.
      file.sha256 = known?.size == file.size ? known?.sha256 : nil
    } else {
      file.sha256 = outcome.skippedDigest
    }
    if let known, known.skipReason == reason.rawValue,
      hasSameContent || isTold(reason, known, as: file)
    {
      // Told already: it was touched, or permissions have changed without helping.
      if recorded != identity { remember(file, key) }
      return false
    }
    remember(file, key)
    return true
  }

  /// Whether what was told of a file holds for how it is now, though it was touched: its bytes are
  /// the same, or nobody can say otherwise.
  private func isTold(_ reason: SkipReason, _ known: StoredFile, as file: StoredFile) -> Bool {
    guard known.size == file.size else { return false }
    if let digest = file.sha256, reason.isOfContent { return known.sha256 == digest }
    let saysNothing = [.tooLarge, .unreadable, .excludedLink].contains(reason)
    return (saysNothing || reason.isOfContent) && known.inode == file.inode
  }

  /// The same for a member of a container, which its bytes tell from another one of its name.
  private mutating func noteMember(
    _ reason: SkipReason, _ digest: [UInt8], _ key: DroppedFile, _ identity: FileIdentity,
    _ known: StoredFile?
  ) throws -> Bool {
    try isAnother(key, known)
    if let known, known.sha256 == digest, known.skipReason == reason.rawValue { return false }
    var file = stored(key, identity)
    file.skipReason = reason.rawValue
    file.sha256 = digest
    remember(file, key)
    return true
  }

  /// The same for a file that could not even be looked at: nothing tells whether it is another one
  /// than the last time, so that it is told of once.
  private mutating func noteUnseen(
    _ reason: SkipReason, _ outcome: FileOutcome, _ known: StoredFile?
  ) throws -> Bool {
    if reason == .vanished {
      // Should the name come back, that is another file.
      if let known, FileIdentity(known) == .unknown { try forgetFile(known, outcome.key) }
      // A scan lists names, and between that and the look a file may be moved out of the way (by
      // the daemon, too), or the directory that it is in, with thousands of others. The journal
      // has their number; what comes up under another name has its record there.
      return !outcome.mayBeRecorded
    }
    guard known == nil else { return false }
    var file = stored(outcome.key, .unknown)
    file.skipReason = reason.rawValue
    remember(file, outcome.key)
    return true
  }
}

extension SkipReason {
  /// Whether the file was skipped without a look at its bytes, which may be the recorded ones.
  fileprivate var leavesContentUnread: Bool {
    switch self {
    case .unreadable, .tooLarge, .unstable: true
    case .empty, .binary, .undecodable, .tooShort, .notRegular, .vanished, .excludedLink,
      .noExtractor:
      false
    }
  }
}

extension SkipReason {
  /// Whether the bytes of the file are the reason, so that only other bytes can change it, or
  /// another configuration.
  var isOfContent: Bool {
    switch self {
    case .empty, .binary, .undecodable, .tooShort, .noExtractor: true
    case .tooLarge, .unreadable, .notRegular, .vanished, .unstable, .excludedLink: false
    }
  }
}

extension StoredFile {
  /// Whether the last look at the file came to a document, or to all members of a container.
  ///
  /// One that could not be read afterwards keeps the document that it may still be.
  var isSettled: Bool { skipReason == nil }

  /// Whether it is a container, whose members have their own rows.
  var isContainer: Bool { isSettled && sha256 == nil }
}
