// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ClusterLog
import Glibc
import TestSupport
import Testing

@testable import Daemon
@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct FileReaderTests {
  /// What became of an open, in a form that can be compared.
  private enum Answer: Equatable {
    case opened(size: Int64)
    case skipped(SkipReason, hasIdentity: Bool)
    case failed(Int32)
  }

  private func open(_ path: String, _ scene: DropScene) throws -> Answer {
    let root = try scene.places().openRoot(0)
    switch FileReader.open(Array(path.utf8), in: root, limits: scene.limits) {
    case .file(_, let identity, _): return .opened(size: identity.size)
    case .large: return .skipped(.tooLarge, hasIdentity: true)
    case .skipped(let reason, _, let identity):
      return .skipped(reason, hasIdentity: identity != nil)
    case .failed(let errno): return .failed(errno)
    }
  }

  private func withFile(
    _ path: String, _ scene: DropScene,
    _ body: (inout FileReader, borrowing FileDescriptor, inout FileIdentity) throws -> Void
  ) throws {
    var reader = FileReader()
    let root = try scene.places().openRoot(0)
    switch FileReader.open(Array(path.utf8), in: root, limits: scene.limits) {
    case .file(let descriptor, var identity, _): try body(&reader, descriptor, &identity)
    case .large(_, _, _, let detail): Issue.record("too large: \(detail)")
    case .skipped(let reason, let detail, _): Issue.record("skipped: \(reason), \(detail)")
    case .failed(let errno): Issue.record("errno \(errno)")
    }
  }

  // MARK: Opening

  @Test func opensFilesAtAnyDepth() throws {
    let scene = try DropScene()
    try scene.write("a", "12345")
    try scene.write("d/e/f/a", "123")
    #expect(try open("a", scene) == .opened(size: 5))
    #expect(try open("d/e/f/a", scene) == .opened(size: 3))
  }

  @Test(arguments: ["missing", "missing/a", "a/b", ""])
  func whatIsNotThereHasVanished(path: String) throws {
    let scene = try DropScene()
    try scene.write("a")
    #expect(try open(path, scene) == .skipped(.vanished, hasIdentity: false))
  }

  @Test func aLinkIsNotFollowed() throws {
    let scene = try DropScene()
    try FileSystem.write("secret".utf8, to: scene.temporary.path("secret"))
    try FileSystem.makeSymbolicLink(at: scene.path("link"), to: scene.temporary.path("secret"))
    try FileSystem.makeSymbolicLink(at: scene.path("dangling"), to: "nowhere")
    #expect(try open("link", scene) == .skipped(.excludedLink, hasIdentity: true))
    #expect(try open("dangling", scene) == .skipped(.excludedLink, hasIdentity: true))
  }

  @Test(arguments: [false, true])
  func aLinkOnTheWayIsNeverFollowed(followLinks: Bool) throws {
    let scene = try DropScene(followLinks: followLinks)
    _ = try scene.temporary.makeDirectory("elsewhere/d")
    try FileSystem.write("secret".utf8, to: scene.temporary.path("elsewhere/secret"))
    try FileSystem.write("secret".utf8, to: scene.temporary.path("elsewhere/d/secret"))
    try FileSystem.makeDirectory(scene.path("d"))
    for link in ["link", "d/link"] {
      try FileSystem.makeSymbolicLink(
        at: scene.path(link), to: scene.temporary.path("elsewhere"))
      for path in ["\(link)/secret", "\(link)/d/secret"] {
        #expect(try open(path, scene) == .skipped(.vanished, hasIdentity: false), "\(path)")
      }
    }
  }

  @Test func aLinkIsFollowedWhenToldSo() throws {
    let scene = try DropScene(followLinks: true)
    let target = scene.temporary.path("target")
    try FileSystem.write("secret".utf8, to: target)
    try FileSystem.makeSymbolicLink(at: scene.path("link"), to: target)
    #expect(try open("link", scene) == .opened(size: 6))
    // The look-up compares with what reading recorded: the identity of the target.
    let root = try scene.places().openRoot(0)
    let identity = FileReader.identity(of: Array("link".utf8), in: root, followLinks: true)
    #expect(identity?.size == 6)
    let own = FileReader.identity(of: Array("link".utf8), in: root, followLinks: false)
    #expect(own != identity)
  }

  @Test func aDanglingLinkHasAnIdentitySoThatItIsToldOnce() throws {
    let scene = try DropScene(followLinks: true)
    try FileSystem.makeSymbolicLink(at: scene.path("dangling"), to: "nowhere")
    try FileSystem.makeSymbolicLink(at: scene.path("loop"), to: "loop")
    #expect(try open("dangling", scene) == .skipped(.vanished, hasIdentity: true))
    #expect(try open("loop", scene) == .skipped(.excludedLink, hasIdentity: true))
  }

  @Test func whatIsNotARegularFileIsNotReadAndDoesNotHoldTheReader() throws {
    let scene = try DropScene()
    try FileSystem.makeFIFO(scene.path("fifo"))
    try FileSystem.makeDirectory(scene.path("directory"))
    try makeSocket(scene.path("socket"))
    for name in ["fifo", "directory", "socket"] {
      #expect(try open(name, scene) == .skipped(.notRegular, hasIdentity: true), "\(name)")
    }
  }

  @Test(.enabled(if: geteuid() == 0, "devices are made by root only"))
  func aDeviceIsNotRead() throws {
    let scene = try DropScene()
    try FileSystem.makeNullDevice(scene.path("null"))
    #expect(try open("null", scene) == .skipped(.notRegular, hasIdentity: true))
  }

  @Test func aFileAtTheLimitIsReadAndOneByteMoreIsNot() throws {
    let scene = try DropScene(maximumSize: 100)
    try scene.write("at", String(repeating: "a", count: 100))
    try scene.write("over", String(repeating: "a", count: 101))
    #expect(try open("at", scene) == .opened(size: 100))
    #expect(try open("over", scene) == .skipped(.tooLarge, hasIdentity: true))
    // A sparse file takes no room on the disk, and would take all of the memory.
    try scene.write("sparse", "")
    try FileSystem.truncate(scene.path("sparse"), to: 1 << 40)
    #expect(try open("sparse", scene) == .skipped(.tooLarge, hasIdentity: true))
  }

  @Test func aNameMayBeAnyBytes() throws {
    let scene = try DropScene()
    try FileSystem.write("1234".utf8, in: scene.path, name: [0xE9, 0x0A, 0xFF])
    let root = try scene.places().openRoot(0)
    switch FileReader.open([0xE9, 0x0A, 0xFF], in: root, limits: scene.limits) {
    case .file(_, let identity, _): #expect(identity.size == 4)
    default: Issue.record("not opened")
    }
  }

  @Test func aNameThatIsTooLongIsNoReasonToEnd() throws {
    let scene = try DropScene()
    let name = String(repeating: "x", count: 256)
    #expect(try open(name, scene) == .skipped(.unreadable, hasIdentity: false))
  }

  // MARK: Reading

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 1 << 20])
  func readsTheWholeFile(size: Int) throws {
    let scene = try DropScene()
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try FileSystem.write(bytes, to: scene.path("a"))
    try withFile("a", scene) { reader, descriptor, identity in
      guard case .bytes(let count) = reader.read(descriptor, &identity) else {
        Issue.record("not read")
        return
      }
      #expect(count == size)
      let isSame = reader.buffer[..<count].elementsEqual(bytes)
      #expect(isSame)
      reader.trim()
      let kept = reader.buffer.count
      #expect(kept <= 1 << 20)
    }
  }

  @Test func readsASparseFileAsZeros() throws {
    let scene = try DropScene()
    try scene.write("sparse", "a")
    try FileSystem.truncate(scene.path("sparse"), to: 300_000)
    try withFile("sparse", scene) { reader, descriptor, identity in
      guard case .bytes(let count) = reader.read(descriptor, &identity) else {
        Issue.record("not read")
        return
      }
      #expect(count == 300_000)
      let areZeros = reader.buffer[1..<count].allSatisfy { $0 == 0 }
      #expect(areZeros)
    }
  }

  @Test(arguments: ["shorter", "empty", "longer", "rewritten"])
  func aFileThatChangesBetweenOpeningAndTheEndOfReadingIsNotTaken(change: String) throws {
    let scene = try DropScene()
    let path = try scene.write("a", String(repeating: "a", count: 5_000))
    try setModified(path, seconds: 1_000)
    try withFile("a", scene) { reader, descriptor, identity in
      switch change {
      case "shorter": try FileSystem.truncate(path, to: 4_999)
      case "empty": try FileSystem.truncate(path, to: 0)
      case "longer": try FileSystem.append("b".utf8, to: path)
      default: try FileSystem.write(String(repeating: "b", count: 5_000).utf8, to: path)
      }
      guard case .changed = reader.read(descriptor, &identity) else {
        Issue.record("taken though it was \(change)")
        return
      }
    }
  }

  @Test func whatChangesTheFileButNotItsContentIsNoChange() throws {
    let scene = try DropScene()
    let path = try scene.write("a", "12345")
    try withFile("a", scene) { reader, descriptor, identity in
      let before = identity
      try FileSystem.setMode(path, 0o600)
      try FileSystem.link(path, to: scene.path("b"))
      guard case .bytes(5) = reader.read(descriptor, &identity) else {
        Issue.record("not read")
        return
      }
      // What is recorded is how the file is now, so that it is not read again for that.
      let now = FileReader.identity(
        of: Array("a".utf8), in: try scene.places().openRoot(0), followLinks: false)
      #expect(identity == now)
      #expect(identity.hasSameContentStamp(as: before))
    }
  }

  @Test func aFileThatWasReplacedIsReadAsItWasOpened() throws {
    let scene = try DropScene()
    let path = try scene.write("a", "old")
    try withFile("a", scene) { reader, descriptor, identity in
      try FileSystem.write("newer".utf8, to: scene.path("b"))
      try FileSystem.rename(scene.path("b"), to: path)
      guard case .bytes(let count) = reader.read(descriptor, &identity) else {
        Issue.record("not read")
        return
      }
      let isOld = reader.buffer[..<count].elementsEqual("old".utf8)
      #expect(isOld)
    }
  }

  // MARK: Scenery

  private func makeSocket(_ path: String) throws {
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    try #require(number >= 0)
    defer { close(number) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(result == 0)
  }

  /// So that a rewriting within one tick of the kernel's clock is seen all the same.
  private func setModified(_ path: String, seconds: Int) throws {
    let times = [timespec(tv_sec: seconds, tv_nsec: 0), timespec(tv_sec: seconds, tv_nsec: 0)]
    try #require(utimensat(AT_FDCWD, path, times, 0) == 0)
  }
}
