// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport

/// A drop directory in which files come, change and go as a seed has it, with what is known of it.
struct ScheduledDrop {
  /// What somebody does to files; how often, beside the others.
  enum Deed: CaseIterable {
    case deliver, write, writeInPieces, hold, makeDeep, oddity
    case append, touch, writeSame, replace, copy, rename, remove, exchange
    case renameTree, exchangeTrees, takeTreeOut, removeTree

    /// Whether it takes files that are there, which a daemon that moves them may have taken away.
    var needsFiles: Bool {
      switch self {
      case .deliver, .write, .hold, .makeDeep, .oddity: false
      default: true
      }
    }

    var weight: Int {
      switch self {
      case .deliver, .write: 5
      case .append, .replace: 3
      case .writeInPieces, .hold, .rename, .copy, .remove, .makeDeep: 2
      case .touch, .writeSame, .renameTree, .exchangeTrees, .takeTreeOut, .removeTree, .exchange,
        .oddity:
        1
      }
    }
  }

  /// A file that somebody holds open, half of it written.
  private struct Held {
    var path: String
    let descriptor: Int32
    let rest: [UInt8]
    let content: DroppedContent
  }

  private(set) var history = DropHistory()
  private let places: FaultPlaces
  private let news = PseudoNews(seed: 80)
  private var directories: [String] = []
  private var held: [Held] = []
  private var made = 0
  private let seed: Int

  init(_ places: FaultPlaces, seed: Int) {
    self.places = places
    self.seed = seed
  }

  // MARK: Deeds

  /// Does one thing; answers what, for whoever looks for the cause of a failure.
  mutating func act(
    _ random: inout SeededGenerator, filesStay: Bool
  ) throws -> String {
    let deeds = Deed.allCases.filter { filesStay || !$0.needsFiles }
    var ticket = Int.random(in: 0..<deeds.reduce(0) { $0 + $1.weight }, using: &random)
    let deed = deeds.first { deed in
      ticket -= deed.weight
      return ticket < 0
    }
    guard let deed else { return "" }
    return "\(deed) \(try act(deed, &random))"
  }

  private mutating func act(_ deed: Deed, _ random: inout SeededGenerator) throws -> String {
    switch deed {
    case .deliver, .write, .oddity: return try add(deed, &random)
    case .writeInPieces: return try writeInPieces(&random)
    case .hold: return try hold(&random)
    case .append, .touch, .replace, .copy, .rename, .remove, .writeSame:
      guard let path = history.paths.randomElement(using: &random) else { return "" }
      return try change(path, deed, &random)
    case .exchange:
      let paths = history.paths
      guard let left = paths.randomElement(using: &random),
        let right = paths.randomElement(using: &random), left != right
      else { return "" }
      try Exchange.make(places.inDrop(left), places.inDrop(right))
      history.exchangeFiles(left, right)
      return "\(left) \(right)"
    case .makeDeep, .renameTree, .exchangeTrees, .takeTreeOut, .removeTree:
      return try changeTree(deed, &random)
    }
  }

  private mutating func add(_ deed: Deed, _ random: inout SeededGenerator) throws -> String {
    let path = freshPath(&random)
    let content = deed == .oddity ? oddity(&random) : text(&random)
    if deed == .write {
      try places.base.write(content.bytes, to: path)
    } else {
      try places.base.deliver(content.bytes, as: path)
    }
    history.set(path, content)
    return path
  }

  private mutating func writeInPieces(_ random: inout SeededGenerator) throws -> String {
    let path = freshPath(&random)
    let content = text(&random)
    let half = Array(content.bytes.prefix(content.bytes.count / 2))
    try FileSystem.write(half, to: places.inDrop(path))
    history.set(path, DroppedContent(half))
    poll(nil, 0, Int32.random(in: 0...30, using: &random))
    try FileSystem.append(content.bytes.dropFirst(half.count), to: places.inDrop(path))
    history.set(path, content)
    return path
  }

  private mutating func change(
    _ path: String, _ deed: Deed, _ random: inout SeededGenerator
  ) throws -> String {
    guard let old = history.live[path] else { return "" }
    let name = places.inDrop(path)
    switch deed {
    case .append:
      let more = Array("\n\nLater: \(news.article(nextNumber(), words: 20))".utf8)
      try FileSystem.append(more, to: name)
      history.set(path, DroppedContent(old.bytes + more, old.kind == .binary ? .binary : .text))
    case .touch, .writeSame:
      if deed == .touch {
        try FileSystem.touch(name)
      } else {
        try FileSystem.write(old.bytes, to: name)
      }
      // What is too large to be read may be other content by now.
      if ScheduledSettings.isLarge(old) { history.set(path, old) }
    case .replace:
      let content = text(&random)
      try places.base.deliver(content.bytes, as: path)
      history.set(path, content)
    case .copy, .rename:
      let new = freshPath(&random)
      if deed == .copy {
        try FileSystem.write(old.bytes, to: places.inDrop(new))
        history.set(new, old)
      } else {
        try FileSystem.rename(name, to: places.inDrop(new))
        history.rename(path, to: new)
      }
      return "\(path) \(new)"
    default:
      try FileSystem.remove(name)
      history.remove(path)
    }
    return path
  }

  private mutating func changeTree(
    _ deed: Deed, _ random: inout SeededGenerator
  ) throws -> String {
    if deed == .makeDeep {
      let top = "d\(nextNumber())"
      directories += [top, "\(top)/x", "\(top)/x/y"]
      let content = text(&random)
      try places.base.write(content.bytes, to: "\(top)/x/y/deep.txt")
      history.set("\(top)/x/y/deep.txt", content)
      return top
    }
    guard let tree = directories.randomElement(using: &random) else { return "" }
    if deed == .exchangeTrees {
      let other = directories.filter { !Self.isInside($0, tree) && !Self.isInside(tree, $0) }
        .randomElement(using: &random)
      guard let other else { return "" }
      try Exchange.make(places.inDrop(tree), places.inDrop(other))
      history.exchangeTrees(tree, other)
      moveHeld { Self.moved($0, tree, other) ?? Self.moved($0, other, tree) ?? $0 }
      directories = directories.map {
        Self.moved($0, tree, other) ?? Self.moved($0, other, tree) ?? $0
      }
      return "\(tree) \(other)"
    }
    if deed == .removeTree {
      FileSystem.removeTree(places.inDrop(tree))
      history.move(tree, to: nil)
      directories.removeAll { Self.isInside($0, tree) }
      for lost in held where Self.isInside(lost.path, tree) {
        close(lost.descriptor)
        history.remove(lost.path)
      }
      held.removeAll { Self.isInside($0.path, tree) }
      return tree
    }
    let new = "m\(nextNumber())"
    if deed == .takeTreeOut {
      let outside = "\(places.base.outside)/\(new)"
      try FileSystem.rename(places.inDrop(tree), to: outside)
      poll(nil, 0, Int32.random(in: 0...30, using: &random))
      try FileSystem.rename(outside, to: places.inDrop(new))
    } else {
      try FileSystem.rename(places.inDrop(tree), to: places.inDrop(new))
    }
    history.move(tree, to: new)
    moveHeld { Self.moved($0, tree, new) ?? $0 }
    directories = directories.map { Self.moved($0, tree, new) ?? $0 }
    return "\(tree) \(new)"
  }

  // MARK: Files that are held open

  private mutating func hold(_ random: inout SeededGenerator) throws -> String {
    let path = freshPath(&random)
    let content = text(&random)
    let half = Array(content.bytes.prefix(content.bytes.count / 2))
    let descriptor = open(places.inDrop(path), O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SystemCallFailure("open", path) }
    try Self.write(half, descriptor, path)
    held.append(
      Held(
        path: path, descriptor: descriptor, rest: Array(content.bytes.dropFirst(half.count)),
        content: content))
    return path
  }

  /// Ends what some of those do who hold files open, or all of them.
  mutating func letGo(_ random: inout SeededGenerator, all: Bool = false) throws {
    var kept: [Held] = []
    for file in held {
      guard all || Int.random(in: 0..<5, using: &random) < 2 else {
        kept.append(file)
        continue
      }
      try Self.write(file.rest, file.descriptor, file.path)
      close(file.descriptor)
      history.set(file.path, file.content)
    }
    held = kept
  }

  private mutating func moveHeld(_ place: (String) -> String) {
    for index in held.indices {
      let new = place(held[index].path)
      if new != held[index].path { history.remove(held[index].path) }
      held[index].path = new
    }
  }

  private static func write(_ bytes: [UInt8], _ descriptor: Int32, _ path: String) throws {
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw SystemCallFailure("write", path)
    }
  }

  // MARK: Names and texts

  private static func isInside(_ path: String, _ directory: String) -> Bool {
    path == directory || path.hasPrefix(directory + "/")
  }

  private static func moved(_ path: String, _ from: String, _ to: String) -> String? {
    isInside(path, from) ? to + path.dropFirst(from.count) : nil
  }

  private mutating func nextNumber() -> Int {
    made += 1
    return made
  }

  private mutating func freshPath(_ random: inout SeededGenerator) -> String {
    let name = "n\(nextNumber())\(Int.random(in: 0..<8, using: &random) == 0 ? ".night" : ".txt")"
    guard Bool.random(using: &random), let directory = directories.randomElement(using: &random)
    else { return name }
    return "\(directory)/\(name)"
  }

  /// News, copies of earlier news, and long ones.
  private mutating func text(_ random: inout SeededGenerator) -> DroppedContent {
    let number = seed * 100_000 + nextNumber()
    let words = Int.random(in: 0..<10, using: &random) == 0 ? 600 : 60
    guard Int.random(in: 0..<3, using: &random) == 0 else {
      return DroppedContent(Array(news.article(number, words: words).utf8))
    }
    let earlier = number - Int.random(in: 1...min(made, 40), using: &random)
    let copy = news.copy(of: earlier, words: words) + "No. \(number)\n"
    return DroppedContent(Array(copy.utf8))
  }

  private mutating func oddity(_ random: inout SeededGenerator) -> DroppedContent {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: DroppedContent([], .empty)
    case 1: DroppedContent(Array("No\(nextNumber())".utf8), .tooShort)
    default: DroppedContent([0, 1, 2] + Array("\(nextNumber())".utf8) + [0, 0], .binary)
    }
  }
}
