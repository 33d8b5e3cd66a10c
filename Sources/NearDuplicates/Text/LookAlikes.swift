// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Letters of one script that look like those of another, as they stand in words of the other by a
/// slip of the keyboard layout or to deceive: a Cyrillic а in a Latin word.
///
/// After case folding, so that к is K's likeness as well as k's (confusables.txt, UTS #39).
enum LookAlikes {
  /// A script other than Latin.
  struct Script {
    let range: ClosedRange<UInt32>
    /// Its letters in pairs with the Latin ones that they may stand for.
    fileprivate let toLatin: [UInt32: UInt32]
    fileprivate let fromLatin: [UInt32: UInt32]

    fileprivate init(_ range: ClosedRange<UInt32>, toLatin: String, fromLatin: String) {
      self.range = range
      self.toLatin = Script.pairs(toLatin)
      self.fromLatin = Script.pairs(fromLatin)
    }

    private static func pairs(_ text: String) -> [UInt32: UInt32] {
      let scalars = text.unicodeScalars.map(\.value)
      return stride(from: 0, to: scalars.count - 1, by: 2).reduce(into: [:]) {
        $0[scalars[$1]] = scalars[$1 + 1]
      }
    }
  }

  static let scripts = [
    Script(
      0x400...0x52F, toLatin: "аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsһhԁdԛqԝwӏl",
      fromLatin: "aаbвeеkкmмhнoоpрcсtтyуxхiіjјsѕ"),
    Script(
      0x370...0x3FF, toLatin: "αaβbεeζzηnιiκkμmνvοoρpτtυuχxγyωw",
      fromLatin: "aαbβeεzζhηiιkκmμnνvνoοpρtτyυuυxχwω"),
  ]

  /// What the letters of a word are to be read as.
  ///
  /// A letter that has no likeness in the other script says which script the word is in. Where all
  /// have, the greater number does.
  ///
  /// - Returns: nil for a word of one script, or one that is truly of two.
  static func reading(of word: [UInt32]) -> [UInt32]? {
    for script in scripts {
      let (mapping, other) = (script.fromLatin, script.toLatin)
      let latin = word.filter { 0x61...0x7A ~= $0 }
      let foreign = word.filter { script.range.contains($0) }
      guard !latin.isEmpty, !foreign.isEmpty else { continue }
      let isLatin = latin.contains { mapping[$0] == nil }
      let isForeign = foreign.contains { other[$0] == nil }
      if isLatin && isForeign || isLatin == isForeign && latin.count == foreign.count { return nil }
      let becomesLatin = isLatin == isForeign ? latin.count > foreign.count : isLatin
      return word.map { (becomesLatin ? other[$0] : mapping[$0]) ?? $0 }
    }
    return nil
  }
}
