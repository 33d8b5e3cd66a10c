// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog

/// The titles that documents gave themselves, from the log: of files that are gone as well.
struct LoggedTitles {
  private var titles: [UInt32: String] = [:]

  /// Reads the log once for those that are asked for; one that cannot be read has none.
  init(of documents: Set<UInt32>, in log: LogScan) {
    try? log.forEachLine { line in
      guard let opening = LineOpening(line), opening.event == .assigned,
        let document = opening.document, documents.contains(document),
        case .assigned(let assigned) = try? LoggedRecord(decoding: line).record,
        let title = assigned.description.title
      else { return }
      titles[document] = Headlines.shortened(title)
    }
  }

  subscript(document: UInt32) -> String? { titles[document] }
}
