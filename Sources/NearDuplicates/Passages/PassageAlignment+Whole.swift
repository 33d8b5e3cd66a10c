// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension PassageAlignment {
  /// The same with what belongs together in one passage: where a part of it was changed, all of it
  /// is.
  ///
  /// - Parameters:
  ///   - first: Whether a word of the first text and the one behind it belong together.
  ///   - second: The same of the second text.
  package func keepingWhole(
    first: (Int) -> Bool, second: (Int) -> Bool
  ) -> PassageAlignment {
    var whole: [Passage] = []
    for passage in passages {
      guard let last = whole.last else {
        whole.append(passage)
        continue
      }
      if last.kind == .shared, passage.kind.isInPlace {
        let count = Self.count(in: last) { step in
          first(last.first.upperBound - 1 - step) || second(last.second.upperBound - 1 - step)
        }
        let (rest, taken) = last.divided(at: last.first.count - count)
        whole.removeLast()
        if let rest { whole.append(rest) }
        append(taken.map { $0.joined(with: passage) } ?? passage, to: &whole)
      } else if last.kind.isInPlace, passage.kind == .shared {
        let count = Self.count(in: passage) { step in
          first(passage.first.lowerBound - 1 + step)
            || second(passage.second.lowerBound - 1 + step)
        }
        let (taken, rest) = passage.divided(at: count)
        if let taken { whole[whole.count - 1] = last.joined(with: taken) }
        if let rest { whole.append(rest) }
      } else {
        append(passage, to: &whole)
      }
    }
    return PassageAlignment(passages: whole)
  }

  /// A change behind a change, when nothing is left between them, is one.
  private func append(_ passage: Passage, to whole: inout [Passage]) {
    if passage.kind == .changed, let last = whole.last, last.kind == .changed {
      whole[whole.count - 1] = last.joined(with: passage)
    } else {
      whole.append(passage)
    }
  }

  /// How many words of a shared passage, from one of its ends on, belong to what is beyond it.
  private static func count(in passage: Passage, _ belongs: (Int) -> Bool) -> Int {
    var count = 0
    while count < passage.first.count, belongs(count) { count += 1 }
    return count
  }
}

extension PassageAlignment.Passage {
  /// Both parts of a shared passage; those that have no words are left out.
  fileprivate func divided(at count: Int) -> (before: Self?, behind: Self?) {
    let (one, other) = (first.lowerBound + count, second.lowerBound + count)
    let before = Self(
      kind: .shared, first: first.lowerBound..<one, second: second.lowerBound..<other)
    let behind = Self(
      kind: .shared, first: one..<first.upperBound, second: other..<second.upperBound)
    return (before.first.isEmpty ? nil : before, behind.first.isEmpty ? nil : behind)
  }

  /// A change of the words of both.
  fileprivate func joined(with next: Self) -> Self {
    Self(
      kind: .changed, first: first.lowerBound..<next.first.upperBound,
      second: second.lowerBound..<next.second.upperBound)
  }
}

extension PassageAlignment.Passage.Kind {
  /// Whether its words, if the other text has others, stand in the same place there.
  fileprivate var isInPlace: Bool {
    switch self {
    case .changed, .dropped, .added: true
    case .shared, .leaving, .arriving: false
    }
  }
}
