// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the command line asks for.
struct BenchmarkOptions {
  static let usage = """
    usage: EngineBenchmark [OPTION]... FOLDER|FILE
           EngineBenchmark [OPTION]... --recombine FOLDER...

    FOLDER holds a document in each file; in FILE a zero byte ends each document.

      --recombine           make documents from the sentences of the texts in these folders
      --seed N              what they are drawn by (1)
      --documents N         the first N documents
      --write               write the documents to standard output, do nothing else
      --no-stories          decide without stories
      --no-restoring        do not bring the collection back at the end
      --fingerprint-only N  first measure fingerprinting of the first N documents alone
      --checkpoints         a line of JSON before 1,000, 10,000, ... documents and at the end:
                            the cost of the last tenth, resident bytes of all
    """

  private(set) var recombines = false
  private(set) var seed: UInt64 = 1
  private(set) var documents = Int.max
  private(set) var writes = false
  private(set) var hasStories = true
  private(set) var restores = true
  private(set) var fingerprintOnly = 0
  private(set) var hasCheckpoints = false
  private(set) var sources: [String] = []

  /// Nil when the arguments are not understood.
  init?(_ arguments: some Sequence<String>) {
    var rest = Array(arguments)[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--recombine": recombines = true
      case "--write": writes = true
      case "--no-stories": hasStories = false
      case "--no-restoring": restores = false
      case "--checkpoints": hasCheckpoints = true
      case "--seed", "--documents", "--fingerprint-only":
        guard let number = rest.popFirst().flatMap(Int.init), number > 0 else { return nil }
        switch argument {
        case "--seed": seed = UInt64(number)
        case "--documents": documents = number
        default: fingerprintOnly = number
        }
      case _ where argument.hasPrefix("-"): return nil
      default: sources.append(argument)
      }
    }
    guard recombines ? documents < .max && !sources.isEmpty : sources.count == 1 else {
      return nil
    }
  }

  var source: DocumentSource? {
    recombines
      ? DocumentSource(sentencesIn: sources, seed: seed) : DocumentSource(path: sources[0])
  }
}
