// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import Settings

/// etc/neardupd.toml, the file that is installed, holds against the table of keys.
@Suite(.timeLimit(.minutes(10)))
struct ShippedFileTests {
  private let text: String

  init() throws {
    // Tests/SettingsTests/this file
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let bytes = try #require(try ConfigurationFile.read("/\(root)/etc/neardupd.toml"))
    text = try #require(String(validating: bytes, as: UTF8.self))
  }

  /// The file with the # taken off each key; prose has a space after it.
  private var uncommented: String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { isKey($0) ? $0.dropFirst() : $0 }.joined(separator: "\n")
  }

  private func isKey(_ line: Substring) -> Bool {
    line.first == "#" && line.dropFirst().first?.isLetter == true
  }

  @Test func setsNothingAsInstalled() throws {
    let loaded = try ConfigurationScene(toml: text).load()
    #expect(loaded.configuration == DaemonConfiguration())
    #expect(loaded.origins.isEmpty)
  }

  @Test func holdsEveryKeyAtItsDefault() throws {
    let loaded = try ConfigurationScene(toml: uncommented).load()
    #expect(loaded.configuration == DaemonConfiguration())
    #expect(Set(loaded.origins.keys) == Set(ConfigurationKey.all.map(\.path)))
  }

  @Test(arguments: ConfigurationKey.all)
  func writesTheDefaultAsCheckConfigDoes(key: ConfigurationKey) {
    #expect(text.contains("\n#\(key.name) = \(key.defaultText)\n"))
  }

  @Test func keysComeInTheOrderOfTheTable() throws {
    let document = try TOMLDocument(Array(uncommented.utf8), name: "t")
    let lines = ConfigurationKey.all.map { document.lines[$0.components] ?? 0 }
    #expect(lines == lines.sorted())
  }

  @Test(arguments: ConfigurationKey.all)
  func explainsEachKeyAndMarksThoseThatReload(key: ConfigurationKey) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let section = try #require(lines.firstIndex(of: "[\(key.section)]"))
    let line = try #require(
      lines[section...].firstIndex { $0.hasPrefix("#\(key.name) = ") })
    let prose = lines[..<line].reversed().prefix { $0.hasPrefix("# ") }.reversed()
    #expect(!prose.isEmpty)
    #expect(prose.first?.hasPrefix("# (reload) ") == (key.takesEffect == .onReload))
  }

  @Test func fitsOnAScreen() {
    // A default stands in one line, as --check-config writes it.
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= (isKey($0) ? 180 : 100) })
  }
}
