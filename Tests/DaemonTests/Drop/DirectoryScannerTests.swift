// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@testable import Daemon
@testable import Settings
@testable import Posix

@Suite(.timeLimit(.minutes(10)))
struct DirectoryScannerTests {
  private func texts(_ paths: [[UInt8]]) -> [String] {
    paths.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [1, 2, 3, 65_536])
  func namesFilesInTheByteOrderOfTheirPaths(portion: Int) throws {
    let scene = try DropScene()
    // "-" and "." sort before "/", "0" after it; upper case before lower case.
    let names = ["a/x", "a/y/z", "a-b", "a.txt", "a0", "A", "b/a", "b!", "é", "~", "a/x-", "a/x0"]
    for name in names { try scene.write(name) }
    let expected = names.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    let (paths, problems) = scene.scan(portion: portion)
    #expect(paths == expected)
    #expect(problems.isEmpty)
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func findsEveryFileOfARandomTree(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let scene = try DropScene()
    var expected: Set<[UInt8]> = []
    for _ in 0..<120 {
      let depth = Int.random(in: 0...3, using: &random)
      let directories = (0..<depth).map { _ in
        ["d", "d-", "e", "d0"].randomElement(using: &random)!
      }
      let name = (directories + ["f\(Int.random(in: 0...30, using: &random))"])
        .joined(separator: "/")
      try scene.write(name)
      expected.insert(Array(name.utf8))
    }
    let sorted = expected.sorted { $0.lexicographicallyPrecedes($1) }
    #expect(scene.scan(portion: Int.random(in: 1...8, using: &random)).paths == sorted)
  }

  @Test func aDirectoryIsWatchedBeforeItIsListed() throws {
    let scene = try DropScene()
    try scene.write("a/x")
    try FileSystem.makeDirectory(scene.path("b"))
    var listed: [String] = []
    // A file that comes between the watch and the listing is seen by the listing too.
    let (paths, _) = scene.scan(willList: { directory in
      let name = String(decoding: directory, as: UTF8.self)
      listed.append(name)
      try? FileSystem.write("late".utf8, to: scene.path("\(name)/late"))
    })
    #expect(listed == ["", "a", "b"])
    #expect(texts(paths) == ["a/late", "a/x", "b/late", "late"])
  }

  @Test func withoutRecursionADirectoryIsAnEntryLikeOthers() throws {
    let scene = try DropScene()
    try scene.write("d/x")
    try scene.write("d-")
    #expect(texts(scene.scan(recursive: false).paths) == ["d", "d-"])
  }

  @Test func whatIsNotWantedIsNotWalked() throws {
    let scene = try DropScene()
    try scene.write(".git/x")
    try scene.write("d/x")
    try scene.write("d/x.tmp")
    var listed = 0
    let filter = NameFilter(include: ["*"], exclude: [".*", "*.tmp"])
    let (paths, _) = scene.scan(
      wants: { filter.wants($0, isDirectory: $1) }, willList: { _ in listed += 1 })
    #expect(texts(paths) == ["d/x"])
    #expect(listed == 2)
  }

  @Test func namesAreBytes() throws {
    let scene = try DropScene()
    let names: [[UInt8]] = [[0xE9], [0xFF, 0xFE], Array("a\nb".utf8), [0x5C, 0x22]]
    for name in names { try FileSystem.write("x".utf8, in: scene.path, name: name) }
    #expect(scene.scan().paths == names.sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test func linksAreNotWalked() throws {
    let scene = try DropScene()
    try FileSystem.makeDirectory(scene.temporary.path("elsewhere"))
    try FileSystem.write("x".utf8, to: scene.temporary.path("elsewhere/secret"))
    try FileSystem.makeSymbolicLink(
      at: scene.path("link"), to: scene.temporary.path("elsewhere"))
    try FileSystem.makeFIFO(scene.path("fifo"))
    #expect(texts(scene.scan().paths) == ["fifo", "link"])
  }

  @Test func aDirectoryThatCannotBeListedIsToldAndTheRestGoesOn() throws {
    let scene = try DropScene()
    for name in ["a/x", "b/x", "c/x"] { try scene.write(name) }
    let places = scene.places()
    var scanner = DirectoryScanner(drop: 0, directory: [], recursive: true)
    var paths: [String] = []
    while let step = scanner.next(
      openDirectory: { directory throws(Errno) in
        // Root can read everything, so the refusal is made here.
        if directory == Array("b".utf8) { throw Errno(number: EACCES) }
        return try places.open(directory, in: 0)
      }, wants: { _, _ in true }, willList: { _ in })
    {
      if case .found(let path) = step { paths.append(String(decoding: path, as: UTF8.self)) }
    }
    #expect(paths == ["a/x", "c/x"])
    #expect(scanner.problems.map(\.directory) == [Array("b".utf8)])
    #expect(scanner.problems.first?.error == Errno(number: EACCES))
    #expect(scanner.pending == 0)
  }

  @Test func aDirectoryThatWentAwayIsAProblemOfItsOwn() throws {
    let scene = try DropScene()
    try scene.write("a/x")
    try scene.write("b")
    let (paths, problems) = scene.scan(willList: { directory in
      if !directory.isEmpty { FileSystem.removeTree(scene.path("a")) }
    })
    #expect(texts(paths) == ["b"])
    #expect(problems.map(\.error) == [.notFound])
  }

  @Test func pendingIsWhatIsAtHand() throws {
    let scene = try DropScene()
    for name in ["a", "b", "c"] { try scene.write(name) }
    let places = scene.places()
    var scanner = DirectoryScanner(drop: 0, directory: [], recursive: true)
    var pending: [Int] = []
    while scanner.next(
      openDirectory: { directory throws(Errno) in try places.open(directory, in: 0) },
      wants: { _, _ in true }, willList: { _ in }) != nil
    {
      pending.append(scanner.pending)
    }
    #expect(pending == [3, 2, 1, 0])
  }

  /// Goes down one name at a time; a file "x" is at the end.
  private func makeChain(_ path: String, _ name: String, levels: Int) throws {
    var directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    for _ in 0..<levels {
      try #require(mkdirat(directory, name, 0o755) == 0)
      let deeper = openat(directory, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      close(directory)
      directory = deeper
    }
    let file = openat(directory, "x", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    try #require(file >= 0)
    close(file)
    close(directory)
  }

  /// Each level costs as many bytes as all above it: somebody else's tree must not take all memory.
  @Test func whatLiesTooDeepIsAProblemAndTheRestGoesOn() throws {
    let scene = try DropScene()
    try scene.write("z")
    let name = String(repeating: "d", count: 200)
    try makeChain(scene.path, name, levels: 90)
    let (paths, problems) = scene.scan()
    #expect(texts(paths) == ["z"])
    #expect(problems.map(\.error) == [.nameTooLong])
    let length = try #require(problems.first).directory.count
    #expect(length > DirectoryScanner.longestPath && length <= DirectoryScanner.longestPath + 201)
    try removeChain(scene.path, name)
  }

  /// Deeper than PATH_MAX, 4096 bytes: no path of the whole is ever given to the kernel.
  @Test func walksTreesThatAreDeeperThanAPathMayBeLong() throws {
    let scene = try DropScene()
    let name = String(repeating: "d", count: 200)
    try makeChain(scene.path, name, levels: 30)
    let (paths, problems) = scene.scan()
    #expect(problems.isEmpty)
    let path = try #require(paths.first)
    #expect(path.count == 30 * 201 + 1)
    // And what was found can be opened.
    let places = scene.places()
    switch FileReader.open(path, in: try places.openRoot(0), limits: scene.limits) {
    case .file: break
    case .large(_, _, _, let detail): Issue.record("too large: \(detail)")
    case .skipped(let reason, let detail, _): Issue.record("skipped: \(reason), \(detail)")
    case .failed(let errno): Issue.record("errno \(errno)")
    }
    try removeChain(scene.path, name)
  }

  /// Takes the chain down from its end: removal by path would be too long a path as well.
  private func removeChain(_ path: String, _ name: String) throws {
    var directories = [open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)]
    defer { for directory in directories { close(directory) } }
    while case let next = openat(directories.last!, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC),
      next >= 0
    {
      directories.append(next)
    }
    unlinkat(directories.last!, "x", 0)
    for directory in directories.dropLast().reversed() {
      try #require(unlinkat(directory, name, AT_REMOVEDIR) == 0)
    }
  }
}
