// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Invented reports of invented events: those of one event share names and numbers, not phrases.
///
/// Events come in families, as a club's matches do: those of one family share some names, so that
/// it takes several reports to tell them apart.
package struct EventNews: Sendable {
  /// So many events are in a family.
  private static let family = 2

  private let seed: UInt64

  private static let words = """
    the of and to in a that for on was with as by at from it an were which has said after new \
    government people police report against under between president city state national public \
    company market percent million year month week morning evening officials spokesman statement \
    decision court judge minister council committee members plan project building road bridge \
    school hospital university students workers union strike talks agreement contract price cost \
    money bank budget tax economy trade industry energy water river coast island region village \
    family children women doctors patients health accident fire rescue emergency investigation \
    evidence witness crime prison campaign election party leader opposition vote parliament law \
    reform protest demonstration crowd street house car train airport flight passengers weather \
    storm rain winter summer season team match victory defeat champion record history museum \
    theatre music film book author interview newspaper television internet computer research \
    science experts study results number level increase growth loss profit share investors quickly \
    recently finally perhaps already almost together nearly large small early late strong weak \
    open close begin continue expect announce explain describe remain return receive follow
    """.split(separator: " ").map(String.init)
  private static let onsets = "B Br Ch D Dr F Fl G Gr H K L M N P Pr S Sk St T Tr V W Z"
    .split(separator: " ")
  private static let rimes = "a al an ar ek el en er ik in ir ol on or u un ur ay ost and ent"
    .split(separator: " ")

  package init(seed: UInt64) { self.seed = seed }

  /// A report of an event; `number` says which one.
  package func report(_ event: Int, _ number: Int, words: Int = 160) -> String {
    sentences(event, number, words: words).joined(separator: " ") + "\n"
  }

  /// A report as another site carries it: some sentences are gone, and lines of its own are there.
  package func copy(of event: Int, _ number: Int, lost: Int = 6) -> String {
    let kept = sentences(event, number, words: 160).enumerated().filter {
      $0.offset % lost != lost - 1
    }
    return "Home  Region  Weather\n\n" + kept.map(\.element).joined(separator: " ")
      + "\n\nWrite to the editor\n"
  }

  private func sentences(_ event: Int, _ number: Int, words: Int) -> [String] {
    var generator = SeededGenerator(
      seed: seed &* 0x2545_F491_4F6C_DD1D &+ UInt64(event) << 20 &+ UInt64(number))
    // Some tell of all of it, and bring those together that tell of little.
    let share = Int.random(in: 0..<3, using: &generator) == 0 ? 1 : 0.35
    let all = subjects(event).shuffled(using: &generator)
    let subjects = all.prefix(Int(Double(all.count) * share))
    var sentences: [String] = []
    var count = 0
    while count < words {
      let length = Int.random(in: 9...20, using: &generator)
      let sentence = (0..<length).map { place in
        place > 0 && Double.random(in: 0..<1, using: &generator) < 0.23
          ? subjects.randomElement(using: &generator)!
          : Self.words.randomElement(using: &generator)!
      }.joined(separator: " ")
      sentences.append(sentence.prefix(1).uppercased() + sentence.dropFirst() + ".")
      count += length
    }
    return sentences
  }

  /// The names and numbers of an event, the family's first.
  private func subjects(_ event: Int) -> [String] {
    var ofFamily = SeededGenerator(seed: seed &+ 7_000_003 &* UInt64(event / Self.family + 1))
    var own = SeededGenerator(seed: seed &+ 9_000_011 &* UInt64(event + 1))
    let names =
      (0..<5).map { _ in Self.name(&ofFamily) } + (0..<9).map { _ in Self.name(&own) }
    return names + (0..<3).map { _ in "\(Int.random(in: 110...1_890, using: &own))" }
  }

  private static func name(_ generator: inout SeededGenerator) -> String {
    var name = String(onsets.randomElement(using: &generator)!)
    for place in 0..<3 {
      if place > 0 { name += onsets.randomElement(using: &generator)!.lowercased() }
      name += rimes.randomElement(using: &generator)!
    }
    return name
  }
}
