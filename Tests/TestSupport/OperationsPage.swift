// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What systemd/OPERATIONS.md tells administrators to type, so that a test runs just that.
package struct OperationsPage {
  private let lines: [Substring]

  package init() throws {
    let bytes = try FileSystem.read("\(Fixtures.packageRoot)/systemd/OPERATIONS.md")
    self.init(String(decoding: bytes, as: UTF8.self))
  }

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The indented block of a chapter that has this text in it, with `replacing` put in its place.
  ///
  /// What stands for a choice of the reader, such as NAME, is replaced by what the test has chosen;
  /// a page without the block, or without what is to be replaced, is an error.
  package func recipe(
    _ chapter: String, with text: String, replacing choices: [(String, String)] = []
  ) throws -> String {
    let found = blocks(of: chapter).filter { $0.contains(text) }
    guard found.count == 1, var recipe = found.first else {
      throw Missing(text: "\(found.count) blocks with \"\(text)\" in \"\(chapter)\"")
    }
    for (name, value) in choices {
      guard recipe.contains(name) else { throw Missing(text: "no \(name) in: \(recipe)") }
      recipe = recipe.split(separator: name, omittingEmptySubsequences: false)
        .joined(separator: value)
    }
    return recipe
  }

  /// The titles of all levels, in their order.
  package var chapters: [String] {
    lines.filter { $0.hasPrefix("#") }.map { String($0.drop { $0 == "#" }.dropFirst()) }
  }

  /// The blocks below a title of any level, up to the next title, without their indentation.
  package func blocks(of chapter: String) -> [String] {
    var blocks: [[Substring]] = []
    var (isInside, isOpen) = (false, false)
    for line in lines {
      if line.hasPrefix("#") { isInside = line.drop { $0 == "#" } == " \(chapter)" }
      guard isInside else { continue }
      if line.hasPrefix("    ") {
        if isOpen { blocks[blocks.count - 1].append(line.dropFirst(4)) }
        if !isOpen { blocks.append([line.dropFirst(4)]) }
        isOpen = true
      } else if line.isEmpty, isOpen {
        // Part of the block when more of it follows.
        blocks[blocks.count - 1].append("")
      } else {
        isOpen = false
      }
    }
    return blocks.map { block in
      let end = block.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
      return block[..<end].joined(separator: "\n") + "\n"
    }
  }

  package struct Missing: Error, CustomStringConvertible {
    let text: String
    package var description: String { "OPERATIONS.md has \(text)" }
  }
}
