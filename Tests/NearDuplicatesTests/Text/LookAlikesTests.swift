// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import NearDuplicates

@Suite(.timeLimit(.minutes(10)))
struct LookAlikesTests {
  private func reading(_ word: String) -> String? {
    LookAlikes.reading(of: word.unicodeScalars.map(\.value)).map { scalars in
      String(String.UnicodeScalarView(scalars.compactMap(Unicode.Scalar.init)))
    }
  }

  @Test(arguments: [
    // One Cyrillic or Greek letter, or all that look alike, in a Latin word.
    ("bridgе", "bridge"), ("gоvеrnmеnt", "government"), ("pοlice", "police"), ("оf", "of"),
    ("natо", "nato"),
    // A Latin letter in a Cyrillic or Greek word.
    ("мocква", "москва"), ("пpaвительcтво", "правительство"), ("kυβερνηση", "κυβερνηση"),
    ("aθηνα", "αθηνα"),
    // All letters have a likeness: the greater number decides.
    ("cоoper", "cooper"), ("ухоp", "ухор"),
  ])
  func lettersAreReadAsThoseOfTheWord(word: String, expected: String) {
    #expect(reading(word) == expected)
  }

  /// Nothing is known where both scripts have letters of their own, or as many that could be
  /// either.
  @Test(arguments: ["bridge", "мост", "γεφυρα", "μm", "iphonы", "b2b", "мост2", "東", ""])
  func otherWordsStay(word: String) {
    #expect(reading(word) == nil)
  }

  @Test(arguments: [
    ("The bridgе wаs", "The bridge was"), ("МOСКВА", "москва"), ("blυe", "blue"),
    ("mаrkеt", "market"),
  ])
  func tokensAreThoseOfTheWord(text: String, plain: String) {
    #expect(TokenizerTests.tokens(text) == TokenizerTests.tokens(plain))
  }
}
