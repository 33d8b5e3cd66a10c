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
      Almsford tram drivers walked off the job at noon on Monday after a colleague was spat at \
      on line six, leaving thousands of commuters to walk. Union secretary Benedikt Orlow said \
      nobody would climb into a cab until every tram had a locked door. Transport manager \
      Sunniva Dahl called the walkout illegal but promised talks at town hall. Schools told \
      parents to collect their children. Taxis charged up to ninety crowns for a trip to the \
      station.
      """,
      """
      Trams were running again in Almsford on Thursday after drivers voted by 311 to 48 to \
      accept an offer of locked cab doors on half of the fleet by Christmas. Transport manager \
      Sunniva Dahl said the first twelve cabs would be refitted next week at the Mora works. \
      Union secretary Benedikt Orlow spoke of a victory for decency, though some of those on \
      line six thought it came too late. Passengers who hold monthly tickets get ten crowns \
      back.
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
