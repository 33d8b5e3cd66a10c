// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import NearDuplicates
import StateStore
import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct ClusterPortraitTests {
  private static let beginning = "One two three four five six seven."
  private static let end = "Alpha beta gamma delta epsilon zeta."

  /// As large as the records say of every file.
  private static func file(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    return bytes + Array(repeating: UInt8(ascii: "\n"), count: 100 - bytes.count)
  }

  private static func tokens(_ text: String) throws -> [UInt32] {
    let file = GivenFile(name: "a.txt", bytes: file(text))
    return try GivenText(file, sampling: SketchSampling(), minimumWords: 1).fingerprint.tokens
  }

  /// Document 1 has both parts, 2 has them the other way round, 3 the beginning, 4 is 3 again.
  private static func scene() throws -> ResultScene {
    let texts = ["\(beginning)\n\n\(end)", "\(end)\n\(beginning)", beginning]
    var tokens: [UInt32: [UInt32]] = [:]
    for (place, text) in texts.enumerated() {
      tokens[UInt32(place + 1)] = try Self.tokens(text)
    }
    let scene = try ResultScene(
      [
        Records.assigned(1), Records.assigned(2, cluster: 1, like: 1),
        Records.assigned(3, cluster: 1, like: 1),
        Records.assigned(4, cluster: 1, like: 3, identical: true, text: 3), Records.assigned(5),
      ], texts: tokens)
    for (place, text) in texts.enumerated() {
      try FileSystem.write(file(text), to: "\(scene.drop)/\(place + 1).txt")
    }
    return scene
  }

  private static func portrait(
    _ scene: ResultScene, _ limits: PageLimits = PageLimits()
  ) throws -> ClusterPortrait {
    let source = try scene.source()
    let state = try #require(source.state)
    let members = source.collection.clusters.members(of: 1).compactMap { source.collection[$0] }
    return try state.snapshot {
      try ClusterPortrait(1, members, of: source.collection, in: $0, limits)
    }
  }

  @Test("figures, similarity and reuse are of the members in order of arrival")
  func figures() throws {
    let portrait = try Self.portrait(Self.scene())
    #expect(portrait.principal == 1)
    #expect(portrait.principalName == "1.txt")
    #expect(portrait.words == 13)
    #expect(portrait.figures.map { $0?.last } == [0, 0, 0, 0])
    #expect(portrait.figures[2]?[1] == ReportText.rounded(7.0 / 13))
    #expect(portrait.gone == [3])
    let similarity = try #require(portrait.similarity)
    #expect(similarity.members == [0, 1, 2])
    #expect(similarity.shares[2] == [1, 1, 1])
    #expect(similarity.shares[0][2] == ReportText.rounded(5.0 / 11))
    // The longer part stays in its place; the other one is elsewhere in document 2.
    #expect(
      portrait.reuse == [
        .init(member: 1, shared: [0, 7], moved: [7, 13]),
        .init(member: 2, shared: [0, 7], moved: []),
      ])
  }

  @Test("the words are those of the file, and together the text")
  func text() throws {
    let text = try #require(try Self.portrait(Self.scene()).text)
    #expect(text.words.count == 13)
    #expect(text.words.joined() == "\(Self.beginning) \(Self.end) ")
    #expect(text.paragraphs == [6, 12])
    let cut = try Self.portrait(Self.scene(), PageLimits(words: 5))
    #expect(cut.text?.words.count == 5)
    #expect(cut.words == 13)
  }

  @Test("no more are compared than the limit allows, and the principal is one of them")
  func limit() throws {
    let portrait = try Self.portrait(Self.scene(), PageLimits(compared: 2))
    #expect(portrait.similarity?.members == [0, 1])
    #expect(portrait.reuse.map(\.member) == [1])
  }

  @Test("a file that is gone or another one gives no text, and the figures stay")
  func missing() throws {
    let scene = try Self.scene()
    let path = "\(scene.drop)/1.txt"
    try FileSystem.write(Self.file("Something else that has as many bytes."), to: path)
    #expect(try Self.portrait(scene).textMissing == OriginalText.Missing.changed.description)
    try FileSystem.remove(path)
    let gone = try Self.portrait(scene)
    #expect(gone.textMissing == OriginalText.Missing.gone.description)
    #expect(gone.text == nil)
    #expect(gone.gone == [0, 3])
    #expect(gone.reuse.count == 2)
  }

  @Test("a text that came in by a link is shown, and through a link nothing but that text")
  func links() throws {
    let scene = try Self.scene()
    let (path, elsewhere) = ("\(scene.drop)/1.txt", scene.directory.path("same"))
    let text = try Self.portrait(scene).text
    try FileSystem.rename(path, to: elsewhere)
    try FileSystem.makeSymbolicLink(at: path, to: elsewhere)
    let linked = try Self.portrait(scene)
    #expect(linked.text == text && text != nil)
    #expect(linked.textMissing == nil)
    try FileSystem.write(Self.file("Something else that has as many bytes."), to: elsewhere)
    #expect(try Self.portrait(scene).textMissing == OriginalText.Missing.changed.description)
    try FileSystem.remove(path)
    try FileSystem.makeFIFO(elsewhere + ".pipe")
    try FileSystem.makeSymbolicLink(at: path, to: elsewhere + ".pipe")
    #expect(try Self.portrait(scene).textMissing == OriginalText.Missing.changed.description)
  }

  @Test("figures and texts are promised where there are some")
  func notes() throws {
    let scene = try ResultScene([
      Records.assigned(1), Records.assigned(2, cluster: 1, like: 1),
      Records.assigned(3), Records.assigned(4, cluster: 3, like: 3),
      Records.assigned(5), Records.assigned(6, cluster: 5, like: 5),
    ])
    func page(_ detailed: Int) throws -> String {
      let report = try CollectionReport(
        scene.source(), from: scene.places, PageLimits(detailed: detailed), now: Records.start)
      return String(decoding: report.html, as: UTF8.self)
    }
    let promise = "Figures and texts are there for"
    #expect(try page(1).contains("\(promise) the 1 largest and the 1 newest clusters, 2 in all."))
    #expect(try page(1).contains("Only the 1 largest and the 1 newest clusters come with"))
    let without = try page(0)
    #expect(!without.contains(promise))
    #expect(without.contains("This page comes without figures and texts (--detailed 0)"))
    try scene.store.close()
    FileSystem.removeTree(scene.state)
    #expect(try !page(1).contains(promise))
  }

  @Test("of the log alone the page has the clusters and says what is missing")
  func page() throws {
    let scene = try Self.scene()
    let report = try CollectionReport(
      scene.source(), from: scene.places, PageLimits(), now: Records.start)
    let html = String(decoding: report.html, as: UTF8.self)
    #expect(html.contains("id=\"cluster-1\""))
    #expect(html.contains("from the state in"))
    #expect(report.detailed == 1)
    try scene.store.close()
    FileSystem.removeTree(scene.state)
    let fromLog = try CollectionReport(
      scene.source(), from: scene.places, PageLimits(), now: Records.start)
    let text = String(decoding: fromLog.html, as: UTF8.self)
    #expect(!text.contains("id=\"cluster-1\""))
    #expect(text.contains("takes the state's texts"))
    #expect(fromLog.listed == 1)
  }
}
