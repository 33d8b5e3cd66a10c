// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Short texts written for the tests: in English, German, Russian and Chinese two events each, and
/// of each event two texts that share names and numbers but hardly a phrase.
package enum StoryTexts {
  package static let events: [[String]] = [
    [
      """
      Ferry runs aground off Port Selwyn
      The ferry Marrow Queen ran aground near Port Selwyn on Tuesday morning with 212 people on \
      board. Captain Ines Ovedal said that fog had hidden the Kettle Rocks until it was too late. \
      Lifeboats from Tarnmouth brought all passengers ashore; the coastguard reported nobody hurt.
      """,
      """
      All 212 rescued as the Marrow Queen strikes the Kettle Rocks
      Everybody who travelled on the Marrow Queen is safe after a night that Ines Ovedal, her \
      captain, calls the longest of a life at sea. Tarnmouth lifeboats needed three hours to take \
      212 travellers to Port Selwyn. Investigators want to know why the radar failed in thick fog.
      """,
    ],
    [
      """
      Museum in Halvern returns bronze mask
      The Halvern Museum will give the bronze mask of Adewumi back to its place of origin, director \
      Lucan Prest announced. The mask, bought in 1931 from the dealer Otto Wiesner, had been on \
      display for ninety years. A delegation led by Folake Adisa will receive it in June.
      """,
      """
      Adewumi mask goes home after ninety years
      Folake Adisa wept when Lucan Prest signed the papers: the Adewumi mask leaves Halvern. Otto \
      Wiesner had sold the bronze in 1931 without saying where it came from, and historians had \
      long called for its restitution by the museum.
      """,
    ],
    [
      """
      Brand zerstört Papierfabrik in Niederwalden
      In der Papierfabrik Lohmeier in Niederwalden ist am Montag ein Feuer ausgebrochen. Rund 140 \
      Einsatzkräfte kämpften gegen die Flammen, wie Brandmeister Henrik Stollberg sagte. Die \
      Ortschaft Krähenbrück wurde wegen des Rauchs geräumt. Der Schaden geht in die Millionen.
      """,
      """
      Niederwalden: 140 Feuerwehrleute bei Lohmeier im Einsatz
      Dichter Qualm über Krähenbrück: Das Werk von Lohmeier steht nicht mehr. Henrik Stollberg, der \
      den Einsatz leitete, sprach vom größten Brand seit Jahren. In Niederwalden bangen nun die \
      Beschäftigten der Papierfabrik um ihre Arbeit.
      """,
    ],
    [
      """
      Radrennen: Tjarks gewinnt die Harzlandfahrt
      Merle Tjarks hat die Harzlandfahrt gewonnen. Die Fahrerin vom RV Ilsenrode siegte nach 168 \
      Kilometern vor Josefa Brandtner, die am Brockenstieg gestürzt war. Es ist der erste Sieg für \
      Ilsenrode seit der Gründung der Rundfahrt.
      """,
      """
      Ilsenrode feiert Merle Tjarks
      Nach 168 Kilometern allein im Ziel: Am Brockenstieg ließ Merle Tjarks alle stehen, auch die \
      Favoritin Josefa Brandtner, die dort zu Fall kam. Die Harzlandfahrt geht damit zum ersten Mal \
      nach Ilsenrode, wo bis in die Nacht getanzt wurde.
      """,
    ],
    [
      """
      В Верхнелужске открыли мост через Сырвянку
      В Верхнелужске в субботу открыли новый мост через реку Сырвянка. Строительство обошлось в 840 \
      миллионов рублей, сообщил мэр Аркадий Ползунцев. Мост длиной 312 метров соединил город с \
      посёлком Заглубоцкий.
      """,
      """
      Заглубоцкий больше не отрезан от города
      Жители посёлка Заглубоцкий ждали этого дня двадцать лет: Аркадий Ползунцев перерезал ленту, и \
      по переправе через Сырвянку поехали машины. На 312 метров ушло 840 миллионов, зато дорога до \
      Верхнелужска теперь занимает пять минут.
      """,
    ],
    [
      """
      Шахматистка Дарина Клёст выиграла турнир в Остаповке
      Дарина Клёст стала победительницей турнира в Остаповке, набрав 8 очков из 9. В последнем туре \
      она обыграла гроссмейстера Вениамина Шубняка. Школьнице из Белозаводска всего 13 лет. Клёст \
      сказала, что на 41-м ходу гроссмейстер ошибся и отдал коня. Тренер Роман Липский добавил, что \
      Дарина готовилась к турниру полгода.
      """,
      """
      Вениамин Шубняк сдался на 41-м ходу
      Белозаводск встречает чемпионку: Дарина Клёст вернулась из Остаповки с кубком. Гроссмейстер \
      Шубняк признал, что не видел такой игры давно. Восемь побед в девяти партиях, а учится Дарина \
      ещё в седьмом классе. Роман Липский, её тренер, уверен: Клёст в 13 лет играет лучше взрослых. \
      Турнир в Остаповке она запомнит по 41-му ходу и отданному коню.
      """,
    ],
    [
      """
      青桐镇地震造成百余人受伤
      周三凌晨，云屏县青桐镇发生5.8级地震，已有一百二十六人受伤。县长贺启岚表示，白鹿水库大坝没有受损。救援队连夜赶到青桐镇，搭建帐篷安置居民。
      """,
      """
      云屏县青桐镇震后救援进行中
      贺启岚在现场说，白鹿水库安全，请大家放心。5.8级地震之后，青桐镇的学校全部停课，一百二十六名伤者被送往云屏县医院，帐篷和饮用水陆续运到。
      """,
    ],
    [
      """
      锦川茶博物馆开馆
      锦川茶博物馆周日开馆，馆长沈砚秋介绍，馆内收藏古茶器三千四百件。最珍贵的是宋代的墨兔盏，由收藏家罗乘风捐赠。\
      博物馆位于松鹤巷，门票二十元，锦川市民免费参观。
      """,
      """
      罗乘风捐出墨兔盏
      收藏家罗乘风把家传的墨兔盏交给了锦川茶博物馆。沈砚秋说，三千四百件茶器之中，这只宋代的盏最为难得，开馆首日参观者排起长队。\
      松鹤巷里人山人海，罗乘风表示，墨兔盏留在锦川是他父亲的心愿。
      """,
    ],
  ]
}
