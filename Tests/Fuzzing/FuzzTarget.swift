// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Inotify
import NearDuplicates
@testable import ClusterLog
@testable import Daemon
@testable import Documents
@testable import Settings

/// What reads bytes that somebody else may have chosen.
enum FuzzTarget: String, CaseIterable {
  case text, html, xml, json, mail, rtf, markdown, container, archive, office
  case configuration, log, inotify, tokens, trace, mounts

  /// The one that NEARDUPD_FUZZ_TARGET names.
  static let chosen: FuzzTarget = {
    let name = getenv("NEARDUPD_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
      let names = allCases.map(\.rawValue).joined(separator: " ")
      print("NEARDUPD_FUZZ_TARGET must be one of: \(names)")
      exit(64)
    }
    return target
  }()

  func run(_ bytes: UnsafeRawBufferPointer) {
    switch self {
    case .text, .mail, .rtf, .json: Self.readText(bytes, name: "")
    case .html: Self.readText(bytes, name: "a.html")
    case .xml: Self.readText(bytes, name: "a.xml")
    case .markdown: Self.readText(bytes, name: "a.md")
    case .container:
      let content = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
      if let format = ContainerFormat.detect(content, name: Array("a.jsonl".utf8)) {
        Self.cut(bytes, format)
      }
    case .archive: Self.cut(bytes, .archive)
    case .office: Self.readOffice(bytes)
    case .configuration: Self.readConfiguration(Array(bytes))
    case .log: Self.recoverLog(Array(bytes))
    case .inotify: Self.parseEvents(bytes)
    case .tokens: Self.decodeTokens(bytes)
    case .trace: Self.decodeTrace(bytes)
    case .mounts: _ = MountTable.parse(Array(bytes))
    }
  }

  /// A document has a trait for each token, an ascending sketch, and the same fingerprint again;
  /// and its tokens come back from what is stored.
  private static func readText(_ bytes: UnsafeRawBufferPointer, name: StaticString) {
    let name = Array(name.description.utf8)
    var reader = DocumentReader()
    guard case .document(let text) = reader.read(bytes, name: name) else { return }
    let one = text.fingerprint
    precondition(one.tokens.count == one.traits.count, "a trait for each token")
    let hashes = one.sketch.hashes
    precondition(zip(hashes, hashes.dropFirst()).allSatisfy { $0 < $1 }, "ascending and distinct")
    guard case .document(let other) = reader.read(bytes, name: name) else {
      preconditionFailure("it was a document before")
    }
    precondition(other == text, "the same again")
    let said = text.description
    let fields = [said.title, said.published, said.source, said.language, said.encoding]
    precondition(fields.compactMap { $0?.utf8.count }.reduce(0, +) <= 512, "what is kept is small")
    if !one.tokens.isEmpty {
      precondition(
        reader.placedText(Array(bytes), name: name)?.places.count == one.tokens.count,
        "what is shown is what was compared")
    }
    let stored = TokenSequenceCoder.encode(tokens: one.tokens, traits: one.traits)
    precondition(
      TokenSequenceCoder.decode(stored)?.tokens == one.tokens, "what is stored is what was read")
    _ = PreparedDocument(one)
  }

  /// The first byte says how much comes at a time. All bytes are gone through, no two members have
  /// one name, and each step is done with something or asks for more.
  private static func cut(_ bytes: UnsafeRawBufferPointer, _ format: ContainerFormat) {
    let content = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
    guard let portion = bytes.first else { return }
    var cutter = MemberReader(format, limit: 200)
    var documents = DocumentReader()
    var names: Set<[UInt8]> = []
    var (start, end, steps) = (0, 0, 0)
    while true {
      steps += 1
      precondition(steps <= 4 * content.count + 100, "it comes to an end")
      let rest = UnsafeRawBufferPointer(rebasing: content[start..<end])
      switch cutter.next(in: rest, isLast: end == content.count) {
      case .more:
        precondition(end < content.count, "there is no more")
        end = min(content.count, end + Int(portion) + 1)
      case .passed(let count, _): start += count
      case .member(let member):
        precondition(names.insert(member.name).inserted, "names are told apart")
        precondition(!member.name.contains(0), "a name is one of a path")
        let own = UnsafeRawBufferPointer(rebasing: rest[member.bytes])
        _ = documents.read(own, as: member.layout)
        start += member.length
      case .end:
        precondition(start == content.count, "all is gone through")
        return
      }
    }
  }

  /// What a program may make of an archive, and what anybody may call one.
  private static func readOffice(_ bytes: UnsafeRawBufferPointer) {
    if ZipDirectory.begins(bytes) { _ = ForeignFormat(bytes, name: []) }
    guard let archive = CpioArchive(Array(bytes)) else { return }
    for document in [ZippedDocument.word, .powerPoint, .openDocument, .epub] {
      guard let found = document.read(archive) else { continue }
      // A reference of few letters stands for one of two scalars at most.
      precondition(found.text.count <= 4 * bytes.count + 64, "nothing is expanded")
    }
  }

  /// The file is read as the daemon reads it, with all its keys and what they may hold.
  private static func readConfiguration(_ bytes: [UInt8]) {
    let path = "/dev/shm/neardupd-fuzz-\(getpid()).toml"
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    precondition(file >= 0, "no room in /dev/shm")
    precondition(write(file, bytes, bytes.count) == bytes.count)
    close(file)
    var overrides = ConfigurationOverrides()
    overrides.file = path
    do { _ = try ConfigurationSource(overrides).load() } catch {
      precondition(!"\(error)".isEmpty, "an error says what is wrong")
    }
  }

  /// The bytes to the first NUL are lines that the state holds, the rest is the end of the log.
  private static func recoverLog(_ bytes: [UInt8]) {
    let cut = bytes.firstIndex(of: 0) ?? bytes.endIndex
    guard let pending = PendingLines(batches: [Array(bytes[..<cut])], nextSequence: 5) else {
      return
    }
    let tail = LogTail(offset: 0, bytes: Array(bytes[cut...].dropFirst()))
    guard let finding = try? tail.examine(against: pending) else { return }
    precondition((0...bytes.count).contains(finding.goodEnd), "what is kept is in the file")
    precondition((finding.nextPending ?? 0) <= pending.count, "no line is skipped")
  }

  private static func parseEvents(_ bytes: UnsafeRawBufferPointer) {
    var names = 0
    _ = try? InotifyEventParser.parse(bytes.bytes) { event in names += event.name.count }
    precondition(names <= bytes.count)
  }

  /// Either it is refused, or it is what its own encoding decodes to.
  private static func decodeTokens(_ bytes: UnsafeRawBufferPointer) {
    guard let sequence = TokenSequenceCoder.decode(bytes) else { return }
    let again = TokenSequenceCoder.decode(TokenSequenceCoder.encode(sequence))
    precondition(again?.tokens == sequence.tokens && again?.traits == sequence.traits)
  }

  private static func decodeTrace(_ bytes: UnsafeRawBufferPointer) {
    guard let trace = DocumentTrace(Array(bytes), document: 1_000) else { return }
    precondition(DocumentTrace(trace.encode(), document: 1_000) != nil, "it reads what it wrote")
  }
}

/// What libFuzzer calls with each input (https://llvm.org/docs/LibFuzzer.html).
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  FuzzTarget.chosen.run(UnsafeRawBufferPointer(start: start, count: count))
  return 0
}
