// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Documents
internal import Posix

/// The bytes of a container that are not done with: all of a small file, or as much of a large one
/// as its next member needs.
struct ContainerSource: ~Copyable {
  /// So much of a file is read at a time.
  static let portion = 1 << 20

  /// As the file was when the last bytes came.
  private(set) var identity: FileIdentity
  /// Whether nothing comes behind `bytes`.
  private(set) var isLast: Bool

  private var buffer: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end: Int
  /// Where the next bytes stand in the file.
  private var offset: Int
  private let supply: Supply

  private enum Supply {
    /// In the buffer, which is another's.
    case whole
    case file(ContainerFile)
    case program(ProgramSupply, isStopped: @Sendable () -> Bool)
  }

  /// What a program came to behind the bytes that it wrote.
  private var trouble: FileReader.Content?

  /// A file that was read, into memory that stays as long as this.
  init(whole: UnsafeMutableRawBufferPointer, _ identity: FileIdentity) {
    buffer = whole
    end = whole.count
    isLast = true
    supply = .whole
    offset = whole.count
    self.identity = identity
  }

  /// A file that is to be read as far as it is needed, from a place on.
  init(_ file: ContainerFile, _ identity: FileIdentity, from offset: Int) {
    self.offset = offset
    buffer = .allocate(byteCount: Self.portion, alignment: 64)
    end = 0
    isLast = false
    supply = .file(file)
    self.identity = identity
  }

  /// What a program makes of a file, from where it was left.
  ///
  /// - Parameters:
  ///   - identity: Of the file.
  ///   - isStopped: Asked ten times a second while the program is waited for.
  init(
    _ program: ProgramSupply, _ identity: FileIdentity, isStopped: @escaping @Sendable () -> Bool
  ) {
    let rest = program.take()
    buffer = .allocate(byteCount: max(Self.portion, rest.bytes.count), alignment: 64)
    buffer.copyBytes(from: rest.bytes)
    end = rest.bytes.count
    offset = rest.position + end
    isLast = rest.isLast
    trouble = rest.trouble
    supply = .program(program, isStopped: isStopped)
    self.identity = identity
  }

  deinit { if isOwn { buffer.deallocate() } }

  private var isOwn: Bool {
    if case .whole = supply { return false }
    return true
  }

  /// The program whose bytes these are, with those that are not done with; nil for a file.
  func suspend() -> ProgramSupply? {
    guard case .program(let program, _) = supply else { return nil }
    program.keep(
      .init(bytes: Array(bytes), position: position, isLast: isLast, trouble: trouble))
    return program
  }

  /// Valid until the next change.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[start..<end]) }

  /// Where `bytes` begin in the file.
  var position: Int { isOwn ? offset - (end - start) : start }

  /// How much memory this takes.
  var capacity: Int { buffer.count }

  /// Bytes at the front are done with.
  mutating func drop(_ count: Int) { start += count }

  /// Reads on; what it says when it gives no bytes holds for the file.
  ///
  /// At the end of the file it makes sure that the file did not change meanwhile: then what was
  /// cut from the end may be half a member.
  mutating func fill() -> FileReader.Content {
    switch supply {
    case .whole: return .bytes(count: 0)
    case .file(let file): return fill(from: file)
    case .program(let program, let isStopped): return fill(from: program, isStopped)
    }
  }

  private mutating func fill(
    from program: ProgramSupply, _ isStopped: () -> Bool
  ) -> FileReader.Content {
    if let trouble { return trouble }
    makeRoom()
    let space = UnsafeMutableRawBufferPointer(rebasing: buffer[end..<end + Self.portion])
    let answer = program.read(into: space, isStopped: isStopped)
    end += answer.count
    offset += answer.count
    isLast = answer.isLast
    guard let trouble = answer.trouble else { return .bytes(count: answer.count) }
    self.trouble = trouble
    return answer.count > 0 ? .bytes(count: answer.count) : trouble
  }

  private mutating func fill(from file: ContainerFile) -> FileReader.Content {
    makeRoom()
    let wanted = min(Self.portion, max(0, Int(identity.size) - offset))
    let space = UnsafeMutableRawBufferPointer(rebasing: buffer[end..<end + wanted])
    let content = file.read(into: space, at: offset)
    guard case .bytes(let count) = content else { return content }
    end += count
    offset += count
    if count < wanted { return .changed }
    guard offset >= identity.size else { return content }
    isLast = true
    return file.verify(&identity) ?? content
  }

  private mutating func makeRoom() {
    let rest = bytes
    if rest.count + Self.portion > buffer.count {
      // Doubled, so that a member of any size is moved a few times only.
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(buffer.count * 2, rest.count + Self.portion), alignment: 64)
      larger.copyMemory(from: rest)
      buffer.deallocate()
      buffer = larger
    } else if start > 0 {
      buffer.copyMemory(from: rest)
    }
    (start, end) = (0, rest.count)
  }
}

/// A file that is open as long as somebody reads it, whoever that is.
final class ContainerFile: Sendable {
  private let descriptor: FileDescriptor
  /// How to ask for what may not be answered, and whom; nil where all is.
  private let patience: (calls: PatientCalls, place: Int)?

  init(
    _ descriptor: consuming FileDescriptor, patience: (calls: PatientCalls, place: Int)?
  ) {
    self.descriptor = descriptor
    self.patience = patience
  }

  /// For a program, which is to be started while this is held.
  /// What the file is packed in, by its first bytes and its last, where a zip archive has its list;
  /// nil when it is not packed, or cannot be read.
  func packing(_ start: UnsafeRawBufferPointer, size: Int) -> ForeignFormat? {
    let length = min(ContainerSource.portion, size)
    return withUnsafeTemporaryAllocation(byteCount: length, alignment: 8) { end in
      guard case .bytes(let count) = read(into: end, at: size - length) else { return nil }
      let read = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(end)[..<count])
      return ForeignFormat(packed: start, end: read)
    }
  }

  func packed(_ size: Int) -> PackedFile { .descriptor(descriptor.number, size: size) }

  /// Reads until the space is full or the file ends.
  func read(into space: UnsafeMutableRawBufferPointer, at offset: Int) -> FileReader.Content {
    guard let patience else { return readAll(space, at: offset, life: nil) }
    let count = space.count
    let answer = patience.calls.call(patience.place) { [self] life -> Part in
      // Into memory that is given up with the thread.
      var bytes = [UInt8](repeating: 0, count: count)
      let content = bytes.withUnsafeMutableBytes { readAll($0, at: offset, life: life) }
      return Part(content: content, bytes: bytes)
    }
    guard let answer else { return FileReader.failure(.hanging) }
    if case .bytes(let count) = answer.content { space.copyBytes(from: answer.bytes.prefix(count)) }
    return answer.content
  }

  private struct Part: Sendable {
    let content: FileReader.Content
    let bytes: [UInt8]
  }

  private func readAll(
    _ space: UnsafeMutableRawBufferPointer, at offset: Int, life: SignOfLife?
  ) -> FileReader.Content {
    var count = 0
    do throws(Errno) {
      while count < space.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: space[count...])
        let received = try FileSystemCalls.read(descriptor, into: rest, at: offset + count)
        if received == 0 { break }
        count += received
        life?.give()
      }
      return .bytes(count: count)
    } catch {
      return FileReader.failure(error)
    }
  }

  /// Nil when the file is as it was, but for permissions and links.
  func verify(_ identity: inout FileIdentity) -> FileReader.Content? {
    let answer: Result<FileIdentity, Errno>? =
      if let patience {
        patience.calls.call(patience.place) { [self] _ in look() }
      } else {
        look()
      }
    switch answer ?? .failure(.hanging) {
    case .failure(let error): return FileReader.failure(error)
    case .success(let now):
      guard now.size == identity.size, now.modified == identity.modified else { return .changed }
      identity = now
      return nil
    }
  }

  private func look() -> Result<FileIdentity, Errno> {
    do throws(Errno) {
      return .success(FileIdentity(try FileSystemCalls.status(of: descriptor)))
    } catch {
      return .failure(error)
    }
  }
}
