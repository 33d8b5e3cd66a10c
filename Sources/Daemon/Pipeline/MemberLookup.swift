// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
package import Documents
internal import Glibc
internal import Posix

/// Finds a single member of a container, as the daemon cuts it.
package struct MemberLookup {
  /// A member and how it is read.
  package struct Member: Sendable {
    package let bytes: [UInt8]
    package let layout: ContainerMember.Layout
  }

  /// Why there is none.
  package enum Missing: Error, Equatable {
    /// The file holds no member of this name, or is no container.
    case unknown
    /// What reading the file came to instead, in the words of the cluster log.
    case skipped(reason: String, detail: String)
    case system(errno: Int32)
  }

  private let limit: Int
  private let extractors: Extractors

  /// - Parameters:
  ///   - limit: `drop.max-size`, in bytes.
  ///   - extractors: The programs that take archives apart.
  package init(limit: Int, extractors: Extractors) {
    self.limit = limit
    self.extractors = extractors
  }

  /// Reads a file as far as it has to.
  ///
  /// - Parameters:
  ///   - path: Of the file; its ending is a hint.
  ///   - isWanted: Says of a member's name whether it is the one, or one that this is within.
  package func find(
    in path: String, _ isWanted: (_ name: [UInt8]) -> Bool
  ) throws(Missing) -> Member {
    let number = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard number >= 0 else { throw .system(errno: errno) }
    let descriptor = FileDescriptor(owning: number)
    let identity: FileIdentity
    do throws(Errno) {
      let status = try FileSystemCalls.status(of: descriptor)
      guard status.st_mode & S_IFMT == S_IFREG else { throw Errno(number: EINVAL) }
      identity = FileIdentity(status)
    } catch {
      throw .system(errno: error.number)
    }
    let file = ContainerFile(descriptor, patience: nil)
    var source = ContainerSource(file, identity, from: 0)
    try fill(&source)
    let name = Array(path.utf8)
    if let format = ContainerFormat.detect(source.bytes, name: name) {
      return try find(&source, format, within: [], isWanted)
    }
    guard let format = file.packing(source.bytes, size: Int(identity.size)) else { throw .unknown }
    return try find(
      format, file.packed(Int(identity.size)), name, identity, within: [], depth: 0, isWanted)
  }

  private func fill(_ source: inout ContainerSource) throws(Missing) {
    switch source.fill() {
    case .bytes: break
    case .changed: throw .skipped(reason: "unstable", detail: "it changed while it was read")
    case .failed(let number): throw .system(errno: number)
    case .skipped(let reason, let detail): throw .skipped(reason: reason.rawValue, detail: detail)
    }
  }

  // MARK: Containers

  private func find(
    _ source: inout ContainerSource, _ format: ContainerFormat, within: [UInt8], depth: Int = 0,
    _ isWanted: ([UInt8]) -> Bool
  ) throws(Missing) -> Member {
    var members = MemberReader(format, limit: limit)
    while true {
      switch members.next(in: source.bytes, isLast: source.isLast) {
      case .passed(let count, _): source.drop(count)
      case .more: try fill(&source)
      case .end: throw .unknown
      case .member(let member):
        let name = within + member.name
        let bytes = member.content ?? Array(source.bytes[member.bytes])
        if isWanted(name) { return Member(bytes: bytes, layout: member.layout) }
        let inner = name + MemberWorker.separator
        if case .file(let fileName) = member.layout, isWanted(inner) {
          return try find(bytes, fileName, within: inner, depth: depth, isWanted)
        }
        source.drop(member.length)
      }
    }
  }

  /// Looks into a member that is a container itself.
  private func find(
    _ bytes: [UInt8], _ name: [UInt8], within: [UInt8], depth: Int, _ isWanted: ([UInt8]) -> Bool
  ) throws(Missing) -> Member {
    var identity = FileIdentity.unknown
    identity.size = Int64(bytes.count)
    let container = bytes.withUnsafeBytes { ContainerFormat.detect($0, name: name) }
    if let container {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
      defer { copy.deallocate() }
      copy.copyBytes(from: bytes)
      var source = ContainerSource(whole: copy, identity)
      return try find(&source, container, within: within, isWanted)
    }
    let foreign = bytes.withUnsafeBytes { ForeignFormat($0, name: name) }
    guard let foreign, foreign.isPacked, depth + 1 < UnpackingAllowance.deepest else {
      throw .unknown
    }
    return try find(
      foreign, .bytes(bytes), name, identity, within: within, depth: depth + 1, isWanted)
  }

  /// Looks into what a program takes apart.
  private func find(
    _ format: ForeignFormat, _ file: PackedFile, _ name: [UInt8], _ identity: FileIdentity,
    within: [UInt8], depth: Int, _ isWanted: ([UInt8]) -> Bool
  ) throws(Missing) -> Member {
    if case .archive = format {
      var source = try open(format, .archive, file, identity)
      return try find(&source, .archive, within: within, depth: depth, isWanted)
    }
    var source = try open(format, .compressed, file, identity)
    while !source.isLast, source.bytes.count < ContainerSource.portion { try fill(&source) }
    let inner = name.lastIndex(of: UInt8(ascii: ".")).map { Array(name[..<$0]) } ?? name
    if let container = ContainerFormat.detect(source.bytes, name: inner) {
      return try find(&source, container, within: within, depth: depth, isWanted)
    }
    guard case .archive = ForeignFormat(source.bytes, name: inner) else { throw .unknown }
    source = try open(format, .archive, file, identity)
    return try find(&source, .archive, within: within, depth: depth, isWanted)
  }

  private func open(
    _ format: ForeignFormat, _ purpose: Extractors.Purpose, _ file: PackedFile,
    _ identity: FileIdentity
  ) throws(Missing) -> ContainerSource {
    switch extractors.open(format, as: purpose, file) {
    case .skipped(let cause, let detail): throw .skipped(reason: cause.rawValue, detail: detail)
    case .failed(let number): throw .system(errno: number)
    case .stream(let stream):
      let supply = ProgramSupply(stream, UnpackingAllowance(size: file.size))
      return ContainerSource(supply, identity, isStopped: { false })
    }
  }
}
