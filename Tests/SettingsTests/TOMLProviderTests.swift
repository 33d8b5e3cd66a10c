// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration
import Testing

@testable import Settings

@Suite(.timeLimit(.minutes(10)))
struct TOMLProviderTests {
  private let provider: TOMLProvider

  init() throws {
    let toml = "text = 'x'\nlist = ['a']\nreal = 1.5\n[table]\nnumber = 5\nflag = true\n"
    provider = TOMLProvider(document: try TOMLDocument(Array(toml.utf8), name: "t"))
  }

  @Test func servesAReaderOfSwiftConfiguration() throws {
    let reader = ConfigReader(provider: provider)
    #expect(reader.string(forKey: "text") == "x")
    #expect(reader.stringArray(forKey: "list") == ["a"])
    #expect(reader.double(forKey: "real") == 1.5)
    #expect(reader.double(forKey: "table.number") == 5)
    #expect(reader.int(forKey: "table.number") == 5)
    #expect(reader.bool(forKey: "table.flag") == true)
    #expect(reader.string(forKey: "absent") == nil)
  }

  @Test(arguments: [("text", ConfigType.int), ("real", .int), ("list", .string), ("table", .int)])
  func anotherKindOfValueIsAnError(key: String, type: ConfigType) {
    #expect(throws: TOMLProvider.Mismatch.self) {
      try provider.value(forKey: AbsoluteConfigKey([key]), type: type)
    }
  }

  @Test func answersToAskingLaterAreTheSame() async throws {
    let key = AbsoluteConfigKey(["text"])
    #expect(try await provider.fetchValue(forKey: key, type: .string).value == "x")
    let watched = try await provider.watchValue(forKey: key, type: .string) { updates in
      for await update in updates { return try update.get().value }
      return nil
    }
    #expect(watched == "x")
    let name = try await provider.watchSnapshot { updates in
      for await snapshot in updates { return snapshot.providerName }
      return ""
    }
    #expect(name == "TOMLProvider[t]")
  }
}
