// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Documents

/// Archives, compressed containers, and containers within them.
///
/// A program takes an archive apart while its members are read: what it has written and nobody took
/// is all that is held, and the place of an archive that was interrupted is the program itself,
/// which waits.
extension MemberWorker {
  /// A member that is a container itself.
  struct Enclosed {
    /// Unlike that of any other member of the file.
    let name: [UInt8]
    /// Its own, with its ending.
    let fileName: [UInt8]
    let seen: PassedBytes.Sum
  }

  /// What a member holds documents in.
  enum Packing {
    case container(ContainerFormat)
    case foreign(ForeignFormat)
  }

  /// Nil for what is one document at most.
  func packing(of bytes: UnsafeRawBufferPointer, _ name: [UInt8]) -> Packing? {
    if places.extractors.isNamed(name) { return nil }
    if let format = ContainerFormat.detect(bytes, name: name) { return .container(format) }
    return ForeignFormat(bytes, name: name).flatMap { $0.isPacked ? .foreign($0) : nil }
  }

  // MARK: Programs

  /// What a program makes of an archive or a compressed file.
  enum Unpacked: ~Copyable {
    case members(ContainerSource, MemberReader)
    /// One document: all that the program wrote.
    case single([UInt8])
    case result(FileOutcome.Result)
  }

  /// A file for a program to take apart.
  struct Packed {
    let format: ForeignFormat
    let file: PackedFile
    let name: [UInt8]
    let identity: FileIdentity
    /// Whether it is worth decompressing what is one document.
    let mayBeSingle: Bool
  }

  /// Starts the program for a file and finds out what is in it.
  func unpack(_ packed: Packed, _ task: MemberTask) -> Unpacked {
    let limit = places.limits.maximumSize
    if case .archive = packed.format {
      switch open(packed, .archive, task) {
      case .source(let source): return .members(source, MemberReader(.archive, limit: limit))
      case .result(let result): return .result(result)
      }
    }
    var source: ContainerSource
    switch open(packed, .compressed, task) {
    case .source(let opened): source = opened
    case .result(let result): return .result(result)
    }
    // What comes of one that is cut off tells what it is all the same.
    var trouble: FileOutcome.Result?
    while !source.isLast, source.bytes.count < ContainerSource.portion {
      let content = source.fill()
      if case .bytes = content { continue }
      trouble = Worker.result(content)
      break
    }
    let name = packed.nameWithin
    if let format = ContainerFormat.detect(source.bytes, name: name) {
      return .members(source, MemberReader(format, limit: limit))
    }
    if case .archive = ForeignFormat(source.bytes, name: name) {
      // bsdtar decompresses by itself, and whatever it is.
      switch open(packed, .archive, task) {
      case .source(let source): return .members(source, MemberReader(.archive, limit: limit))
      case .result(let result): return .result(result)
      }
    }
    if let trouble { return .result(trouble) }
    guard packed.mayBeSingle else {
      let detail = "\(packed.file.size) bytes; drop.max-size is \(limit)"
      return .result(.skipped(.tooLarge, detail: detail))
    }
    return single(&source, packed)
  }

  private func single(_ source: inout ContainerSource, _ packed: Packed) -> Unpacked {
    let most = content.extractors.limits.output
    while !source.isLast {
      let content = source.fill()
      guard case .bytes = content else { return .result(Worker.result(content)) }
      guard source.bytes.count <= most else {
        let detail = "\(packed.format.name) that holds more than \(most) bytes (extract.output)"
        return .result(.skipped(.unreadable, detail: detail))
      }
    }
    return .single(Array(source.bytes))
  }

  private enum Opened: ~Copyable {
    case source(ContainerSource)
    case result(FileOutcome.Result)
  }

  private func open(
    _ packed: Packed, _ purpose: Extractors.Purpose, _ task: MemberTask
  ) -> Opened {
    let extractors = content.extractors
    switch extractors.open(packed.format, as: purpose, packed.file) {
    case .skipped(let cause, let detail):
      if cause == .noExtractor { places.noteMissingProgram() }
      return .result(.skipped(SkipReason(cause), detail: detail))
    case .failed(let errno): return .result(.failed(errno: errno))
    case .stream(let stream):
      let supply = ProgramSupply(
        stream, task.allowance ?? UnpackingAllowance(size: packed.file.size))
      return .source(
        ContainerSource(supply, packed.identity, isStopped: extractors.isStopped))
    }
  }

  // MARK: Containers within

  /// Reads a container that is a member; answers how reading ends when it cannot go on.
  mutating func read(
    _ packing: Packing, _ bytes: UnsafeRawBufferPointer, _ member: Enclosed, _ task: MemberTask,
    _ progress: inout Progress
  ) async -> Ended? {
    var outcome = outcome(named: member.name, member.seen, task)
    guard !isRecorded(outcome) else {
      progress.append(outcome, bytes.count)
      return nil
    }
    let before = progress.members
    let ended: Ended
    switch packing {
    case .container(let format):
      // A copy that stays where it is while others run on this thread.
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
      defer { copy.deallocate() }
      copy.copyMemory(from: bytes)
      var source = ContainerSource(whole: copy, outcome.identity ?? .unknown)
      var members = MemberReader(format, limit: places.limits.maximumSize)
      ended = await read(&source, &members, task, &progress, within: member.name)
    case .foreign(let format):
      guard progress.depth + 1 < UnpackingAllowance.deepest else {
        outcome.result = content.read(
          bytes, as: .file(name: member.fileName), digest: member.seen.digest)
        progress.append(outcome, bytes.count)
        return nil
      }
      let packed = Packed(
        format: format, file: .bytes(Array(bytes)), name: member.fileName,
        identity: outcome.identity ?? .unknown, mayBeSingle: true)
      progress.depth += 1
      defer { progress.depth -= 1 }
      switch unpack(packed, task) {
      case .members(var source, var members):
        ended = await read(&source, &members, task, &progress, within: member.name)
      case .single(let plain):
        outcome.result = content.read(
          unpacked: plain, packed.nameWithin, digest: member.seen.digest)
        progress.append(outcome, plain.count)
        return nil
      case .result(let result): ended = .result(result)
      }
    }
    return settle(ended, outcome, progress.members > before, &progress)
  }

  /// Says of a container within another one what there is to say of itself.
  private func settle(
    _ ended: Ended, _ enclosed: FileOutcome, _ hasMembers: Bool, _ progress: inout Progress
  ) -> Ended? {
    var outcome = enclosed
    switch ended {
    case .over where hasMembers: return nil
    case .over: outcome.result = .skipped(.empty, detail: "it holds no documents")
    case .result(.skipped(let reason, let detail)):
      outcome.result = .skipped(reason, detail: detail)
    case .result, .interrupted, .notWanted: return ended
    }
    progress.append(outcome, 0)
    return nil
  }
}

extension MemberWorker.Packed {
  /// Without the ending that says how it was compressed.
  var nameWithin: [UInt8] {
    name.lastIndex(of: UInt8(ascii: ".")).map { Array(name[..<$0]) } ?? name
  }
}
