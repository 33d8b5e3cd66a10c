// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A labelled collection of invented articles as sites carry them: what a detector must tell apart.
///
/// Stories with several copies (framed, cut, enlarged, shuffled, reworded), single articles in the
/// frames of the same sites, and tables of one template that differ in their numbers only.
package struct SyndicatedNews: Sendable {
  package struct Document: Sendable {
    package let name: String
    package let text: String
    /// Documents with equal labels belong into one cluster.
    package let label: String
  }

  private let news: PseudoNews
  private let frames: [(top: String, bottom: String)]

  package init(seed: UInt64) {
    let news = PseudoNews(seed: seed)
    self.news = news
    frames = (0..<6).map { site in
      let lines = news.sentences(900_000 + site, words: 90)
      let menu = (0..<8).map { news.sentences(910_000 + site * 8 + $0, words: 2)[0] }
      return (
        top: menu.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
          .joined(separator: "\n"),
        bottom: lines.joined(separator: "\n")
      )
    }
  }

  /// All documents in a seeded order of arrival.
  package func documents(stories: Int, singles: Int, tables: Int, order seed: UInt64) -> [Document]
  {
    var generator = SeededGenerator(seed: seed)
    var documents: [Document] = []
    for story in 0..<stories {
      for copy in 0..<(2 + story % 4) {
        documents.append(
          Document(
            name: "story-\(story)-\(copy).txt", text: copyText(story, copy), label: "s\(story)"))
      }
    }
    for single in 0..<singles {
      let text = framed(news.sentences(100_000 + single, words: 250), site: single % frames.count)
      documents.append(Document(name: "single-\(single).txt", text: text, label: "x\(single)"))
    }
    for table in 0..<tables {
      documents.append(
        Document(name: "table-\(table).txt", text: tableText(table), label: "t\(table)"))
    }
    return documents.shuffled(using: &generator)
  }

  private func copyText(_ story: Int, _ copy: Int) -> String {
    var generator = SeededGenerator(seed: UInt64(story * 64 + copy) &* 0x9E37_79B9)
    var sentences = news.sentences(story, words: 350)
    switch copy {
    case 0: break
    case 1: sentences = sentences.filter { _ in Double.random(in: 0..<1, using: &generator) < 0.7 }
    case 2:
      sentences.shuffle(using: &generator)
      sentences.append(contentsOf: news.sentences(200_000 + story, words: 120))
    case 3:
      sentences = sentences.map { reworded($0, share: 0.12, using: &generator) }
    default: sentences = Array(sentences.prefix(sentences.count / 2))
    }
    return framed(sentences, site: Int.random(in: 0..<frames.count, using: &generator))
  }

  private func reworded(
    _ sentence: String, share: Double, using generator: inout SeededGenerator
  ) -> String {
    sentence.split(separator: " ").map { word in
      Double.random(in: 0..<1, using: &generator) < share
        ? news.word(using: &generator) : String(word)
    }.joined(separator: " ")
  }

  private func framed(_ sentences: [String], site: Int) -> String {
    let paragraphs = stride(from: 0, to: sentences.count, by: 3).map { start in
      sentences[start..<min(start + 3, sentences.count)].joined(separator: " ")
    }
    let frame = frames[site]
    return ([frame.top] + paragraphs + [frame.bottom]).joined(separator: "\n\n")
  }

  private func tableText(_ table: Int) -> String {
    var generator = SeededGenerator(seed: UInt64(700_000 + table))
    let rows = news.sentences(800_000, words: 90).map { row in
      "\(row) \(Int.random(in: 100...99_999, using: &generator))."
        + "\(Int.random(in: 10...99, using: &generator))"
    }
    let company = (0..<3).map { _ in news.word(using: &generator) }.joined(separator: " ")
    return "\(company) results\n\n" + rows.joined(separator: "\n")
  }
}

extension SyndicatedNews {
  /// B-cubed F1 of a partition by label (Bagga and Baldwin 1998), 0 to 1.
  package static func bCubedF1(_ documents: [Document], cluster: (String) -> String) -> Double {
    var cells: [String: Double] = [:]
    var byLabel: [String: Double] = [:]
    var byCluster: [String: Double] = [:]
    for document in documents {
      cells[document.label + "\u{0}" + cluster(document.name), default: 0] += 1
      byLabel[document.label, default: 0] += 1
      byCluster[cluster(document.name), default: 0] += 1
    }
    var precision = 0.0
    var recall = 0.0
    for (cell, count) in cells {
      let parts = cell.split(separator: "\u{0}").map(String.init)
      precision += count * count / byCluster[parts[1], default: 1]
      recall += count * count / byLabel[parts[0], default: 1]
    }
    precision /= Double(documents.count)
    recall /= Double(documents.count)
    return 2 * precision * recall / (precision + recall)
  }
}
