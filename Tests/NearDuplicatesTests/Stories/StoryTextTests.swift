// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import NearDuplicates

/// What texts must have in common with a story beyond what others must.
struct StoryTextTests {
  /// Georgian: none of its words is in a table, and the commonest would weigh as much as names.
  private static let georgian = [
    """
    ქალაქის საბჭომ გუშინ გადაწყვიტა რომ ძველი ხიდი მდინარეზე ზაფხულის ბოლომდე შეკეთდება და
    მანამდე მანქანები სხვა გზით ივლიან რადგან ხიდი საშიშია და მის ქვეშ გავლა არ შეიძლება
    მუშები უკვე მოვიდნენ და პირველი ქვები მოხსნეს
    """,
    """
    სოფლის სკოლაში გუშინ ახალი ბიბლიოთეკა გაიხსნა და ბავშვებმა პირველი წიგნები წაიღეს
    მასწავლებელმა თქვა რომ ეს დიდი დღეა და მადლობა გადაუხადა მეზობლებს რადგან მათ წიგნები
    აჩუქეს და თაროები თავად გააკეთეს
    """,
  ]
  /// Vietnamese: words stand in the text as syllables, each of which says little.
  private static let vietnamese = [
    """
    Hội đồng thành phố hôm qua quyết định rằng cây cầu cũ bắc qua sông sẽ được sửa xong trước cuối
    mùa hè và cho đến lúc đó xe cộ phải đi đường khác vì cây cầu không còn an toàn nữa. Công nhân
    đã đến và gỡ những viên đá đầu tiên.
    """,
    """
    Trường học của làng hôm qua mở một thư viện mới và các em nhỏ đã mượn những quyển sách đầu
    tiên. Cô giáo nói rằng đó là một ngày lớn và cảm ơn những người hàng xóm vì họ đã tặng sách và
    tự tay đóng các kệ gỗ.
    """,
  ]

  @Test(arguments: georgian + vietnamese)
  func wordsThatSayLittleAskForMore(text: String) {
    #expect(StoriesTests.text(text).reserve > 0.1)
  }

  @Test func wordsOfListedLanguagesSayWhatTheySay() {
    for text in StoryTexts.events.flatMap({ $0 }) {
      #expect(StoriesTests.text(text).reserve < 0.05, "\(text.prefix(40))")
    }
    // Too short to tell what language it is.
    #expect(StoriesTests.text("ქალაქის საბჭომ გუშინ გადაწყვიტა").reserve == 0)
  }

  @Test func aLongTextNeedsMoreThanAFewSentences() {
    let sentence = "The council closed the old bridge over the river on Tuesday morning. "
    let (short, long) = (
      StoriesTests.text(String(repeating: sentence, count: 7)).reserve,
      StoriesTests.text(String(repeating: sentence, count: 20)).reserve
    )
    #expect(short == 0)
    #expect(long > 0.03)
  }

  @Test(arguments: [georgian, vietnamese])
  func unrelatedTextsOfSuchALanguageAreTwoStories(texts: [String]) {
    #expect(Set(StoriesTests.link(texts)).count == 2)
  }

  /// Two short reports of different days: other news, and hardly anything in common but names.
  @Test func followUpsOfAFewSentencesAreOneStory() {
    let reports = [
      """
      Rescuers in Tarnhollow have made contact with seven potash miners who have been trapped \
      640 metres below ground since Sunday's rock fall. Drill crews lowered a microphone \
      through a borehole shortly after midnight and heard tapping, mine manager Gunvor Aasen \
      said. Water, glucose and a telephone were sent down at dawn. All seven are thought to be \
      in the old workshop near shaft three. Energy minister Ruben Castellane cut short a trip \
      to Ostravia and is expected in Tarnhollow this evening.
      """,
      """
      The first two of seven potash miners trapped under Tarnhollow for six days were brought \
      to the surface on Saturday in a steel capsule barely wider than a man. Kjell Brandvold, \
      29, and his uncle Oddvar wore dark glasses and waved from their stretchers. Mine manager \
      Gunvor Aasen said hoisting the other five from the old workshop near shaft three would \
      take until Sunday noon. Energy minister Ruben Castellane, who has slept in a caravan at \
      the pithead since Tuesday, said an inquiry would follow.
      """,
    ]
    for text in reports { #expect(StoriesTests.text(text).reserve == 0) }
    #expect(Set(StoriesTests.link(reports)).count == 1)
  }

  /// The more of the words no table lists, the greater it is.
  @Test func itGrowsWithTheShareOfUnknownWords() {
    let known = UInt8(24)
    var last = 0.0
    for unlisted in 0...50 {
      let weights =
        [UInt8](repeating: TokenWeights.unlisted, count: unlisted)
        + [UInt8](repeating: known, count: 50 - unlisted)
      let reserve = StoryText.reserve([UInt8](repeating: 0, count: 50), weights)
      #expect(reserve >= last)
      last = reserve
    }
    #expect(last > 0)
  }
}
