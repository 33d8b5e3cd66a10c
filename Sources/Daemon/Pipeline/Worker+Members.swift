// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import Crypto
internal import Documents
internal import Posix

/// Containers: files whose members are documents of their own.
///
/// The members of a container are results of its job, in their order, and as many at a time as are
/// worth handing over; the container itself is the last of them. So what is recorded of one that
/// was left in the middle is known by name and digest when it is read again.
///
/// Decisions are made in order, so that a large container would keep all that comes behind it
/// waiting: now and then it stops, and goes on behind what has come meanwhile. With `--once` it is
/// read in one go, since there the order of the names is that of the records.
extension Worker {
  /// What is handed over at a time: members, and bytes of theirs.
  private static let (sliceMembers, sliceBytes) = (64, 256 << 10)
  /// So many members, a third of a second, before others that wait have their turn.
  static let turn = 2_048

  /// Reads a file that is too large for a document: it may be a container.
  mutating func readLarge(
    _ file: Handover<FileDescriptor>, _ identity: inout FileIdentity,
    _ ticketed: Pipeline.Window.Ticketed
  ) async -> FileOutcome.Result {
    let job = ticketed.job
    guard let descriptor = file.take() else { return .unsettled }
    let open = ContainerFile(
      descriptor, patience: job.changesUnseen ? (places.calls, job.key.drop) : nil)
    let place = places.interrupted.take(job.key, identity)
    var source = ContainerSource(open, identity, from: place?.offset ?? 0)
    guard await pipeline.admit(ticketed.ticket, bytes: source.capacity) else { return .unsettled }
    let content = source.fill()
    guard case .bytes = content else { return Self.result(content) }
    let members = place?.members ?? newMembers(source.bytes, job.key.path)
    guard let members else {
      let limit = places.limits.maximumSize
      return .skipped(.tooLarge, detail: "\(identity.size) bytes; drop.max-size is \(limit)")
    }
    let result = await readMembers(&source, members, ticketed)
    identity = source.identity
    return result
  }

  /// Where the members of a file that was read are to be cut from; nil for what is no container.
  func beginning(
    of bytes: UnsafeRawBufferPointer, _ identity: FileIdentity, _ job: FileJob
  ) -> InterruptedContainers.Place? {
    guard ContainerFormat.mayBegin(bytes, name: job.key.path),
      !places.extractors.isNamed(job.key.path)
    else { return nil }
    if let place = places.interrupted.take(job.key, identity) { return place }
    return newMembers(bytes, job.key.path).map {
      InterruptedContainers.Place(members: $0, offset: 0, identity: identity)
    }
  }

  private func newMembers(_ bytes: UnsafeRawBufferPointer, _ path: [UInt8]) -> MemberReader? {
    ContainerFormat.detect(bytes, name: path).map {
      MemberReader($0, limit: places.limits.maximumSize)
    }
  }

  /// Hands the members of a container over, one slice after the other.
  mutating func readMembers(
    _ source: inout ContainerSource, _ beginning: MemberReader,
    _ ticketed: Pipeline.Window.Ticketed
  ) async -> FileOutcome.Result {
    var members = beginning
    var slice = MemberSlice()
    var handedOver = 0
    var passed = PassedBytes()
    var granted = 0
    let isBegun = source.position > 0
    while true {
      switch members.next(in: source.bytes, isLast: source.isLast) {
      case .passed(let count, let isOfMember):
        if isOfMember { passed.take(source.bytes.prefix(count)) }
        source.drop(count)
      case .member(let member):
        // What waits to be taken, what is gathered, and this one.
        let others = min(2 * Self.sliceBytes, Int(source.identity.size))
        let own = member.content?.count ?? member.bytes.count
        let needed = source.capacity + Self.memoryPerByte * (others + own)
        if needed > granted {
          guard await pipeline.admit(ticketed.ticket, bytes: needed) else { return .unsettled }
          granted = needed
        }
        let found =
          if let content = member.content {
            content.withUnsafeBytes {
              outcome(of: member, $0, passed.finish(with: $0), source.identity, ticketed.job)
            }
          } else {
            outcome(of: member, source, &passed, ticketed.job)
          }
        slice.append(found, own)
        source.drop(member.length)
        if slice.outcomes.count >= Self.sliceMembers || slice.byteCount >= Self.sliceBytes {
          handedOver += slice.outcomes.count
          guard await pipeline.add(slice.take(), of: ticketed.ticket) else { return .unsettled }
          if handedOver >= Self.turn, interrupt(members, source, ticketed.job) {
            return .interrupted
          }
        }
      case .more:
        let content = source.fill()
        guard case .bytes = content else { return Self.result(content) }
      case .end:
        if !isBegun, handedOver == 0, slice.outcomes.isEmpty {
          return .skipped(.empty, detail: "it holds no documents")
        }
        guard await pipeline.add(slice.take(), of: ticketed.ticket) else { return .unsettled }
        return .container
      }
    }
  }

  /// Gives others their turn, if there are any and somebody comes back to this one.
  private func interrupt(
    _ members: MemberReader, _ source: borrowing ContainerSource, _ job: FileJob
  ) -> Bool {
    guard places.limits.waitsForWriters, pipeline.hasOthers else { return false }
    return places.interrupted.keep(
      .init(members: members, offset: source.position, identity: source.identity), of: job.key)
  }

  private mutating func outcome(
    of member: ContainerMember, _ source: borrowing ContainerSource, _ passed: inout PassedBytes,
    _ job: FileJob
  ) -> FileOutcome {
    let bytes = UnsafeRawBufferPointer(rebasing: source.bytes[member.bytes])
    return outcome(of: member, bytes, passed.finish(with: bytes), source.identity, job)
  }

  private mutating func outcome(
    of member: ContainerMember, _ bytes: UnsafeRawBufferPointer, _ seen: PassedBytes.Sum,
    _ identity: FileIdentity, _ job: FileJob
  ) -> FileOutcome {
    var outcome = FileOutcome(job)
    outcome.key.path = MemberPath.join(job.key.path, member.name)
    outcome.identity = identity
    outcome.identity?.size = Int64(seen.count)
    outcome.memberDigest = seen.digest
    outcome.result =
      known.isRecorded(outcome.key, digest: seen.digest)
      ? .unchanged
      : content.read(bytes, as: member.layout, digest: seen.digest)
    return outcome
  }
}

/// The outcomes of some members, one behind the other.
private struct MemberSlice {
  private(set) var outcomes: [FileOutcome] = []
  private(set) var byteCount = 0

  mutating func append(_ outcome: FileOutcome, _ bytes: Int) {
    outcomes.append(outcome)
    byteCount += bytes
  }

  mutating func take() -> [FileOutcome] {
    defer { self = MemberSlice() }
    return outcomes
  }
}

/// The bytes of a member that is too large to be held, as they pass.
private struct PassedBytes {
  struct Sum {
    let count: Int
    /// SHA-256, 32 bytes.
    let digest: [UInt8]
  }

  private var count = 0
  private var hash: SHA256?

  mutating func take(_ bytes: Slice<UnsafeRawBufferPointer>) {
    var hash = hash ?? SHA256()
    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes))
    self.hash = hash
    count += bytes.count
  }

  /// With the last bytes, which for nearly all members are all.
  mutating func finish(with bytes: UnsafeRawBufferPointer) -> Sum {
    var hash = hash ?? SHA256()
    hash.update(bufferPointer: bytes)
    let sum = Sum(count: count + bytes.count, digest: Array(hash.finalize()))
    self = PassedBytes()
    return sum
  }
}
