// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// The texts written for the project, under Tests/Fixtures, and the shared ones beside it.
package enum Fixtures {
  /// The four copies of one wire story and, last, another agency's article on the same event.
  package static let wireStory = [
    "a-site-copy.txt", "b-long-copy.txt", "c-spun.txt", "d-shuffled.txt", "e-other-agency.txt",
  ]

  /// Two pages of one site on different subjects; only what frames them is the same.
  package static let boilerplatePages = ["page-bees.txt", "page-library.txt"]

  package static func wireStory(_ name: String) throws -> [UInt8] {
    try FileSystem.read("\(directory)/wire-story/\(name)")
  }

  package static func boilerplate(_ name: String) throws -> [UInt8] {
    try FileSystem.read("\(directory)/boilerplate/\(name)")
  }

  /// An article on a page of a site, both under Tests/Fixtures/framed-pages; the
  /// frame is the longer.
  package static func framedPage(_ article: String, on site: String) throws -> [UInt8] {
    let frame = try FileSystem.read("\(directory)/framed-pages/site-\(site).txt")
    let text = try FileSystem.read("\(directory)/framed-pages/article-\(article).txt")
    let place = Array("@ARTICLE@\n".utf8)
    guard
      let start = frame.indices.first(where: { frame[$0...].starts(with: place) })
    else { return frame + text }
    return frame[..<start] + text + frame[(start + place.count)...]
  }

  /// A file of the fixtures that is text.
  package static func text(_ name: String) throws -> String {
    String(decoding: try FileSystem.read("\(directory)/\(name)"), as: UTF8.self)
  }

  /// Where the JSON Schema of the cluster log is.
  package static let clusterLogSchema = "\(directory)/cluster-log.schema.json"

  /// The labelled sets and their scorers, which are not the project's: nil where they are not.
  package static let evaluation: String? = {
    let folder =
      getenv("NEARDUPD_EVALUATION").map { String(cString: $0) }
      ?? "\(packageRoot)/../shared/eval"
    return FileSystem.exists("\(folder)/score_log.py") ? folder : nil
  }()

  /// The acceptance documents, which are not the project's: nil where they are not at hand.
  package static let seeds: [(name: String, path: String)]? = {
    let folder = "\(packageRoot)/../shared/seeds"
    let alternative = getenv("NEARDUPD_SEEDS").map { String(cString: $0) } ?? folder
    guard let listing = opendir(alternative) else { return nil }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".txt") { names.append(name) }
    }
    return names.isEmpty ? nil : names.sorted().map { ($0, "\(alternative)/\($0)") }
  }()

  private static let directory = "\(packageRoot)/Tests/Fixtures"

  package static let packageRoot = parent(parent(parent(#filePath)))

  private static func parent(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
