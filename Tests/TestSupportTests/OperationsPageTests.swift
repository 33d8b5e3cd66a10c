// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

@testable import TestSupport

@Suite(.timeLimit(.minutes(10)))
struct OperationsPageTests {
  private let page = OperationsPage(
    """
    ## One

    Say:

        name=acme
        cat <<END

          more
        END

    Then:

        rm NAME NAME.toml

    ### Two

        other
    """)

  @Test func aBlockGoesOnOverEmptyLinesUpToTheNextText() {
    #expect(
      page.blocks(of: "One") == ["name=acme\ncat <<END\n\n  more\nEND\n", "rm NAME NAME.toml\n"])
    #expect(page.blocks(of: "Two") == ["other\n"])
    #expect(page.blocks(of: "Three") == [])
  }

  @Test func choicesAreReplacedAndMustBeThere() throws {
    #expect(
      try page.recipe("One", with: "rm", replacing: [("NAME", "acme")]) == "rm acme acme.toml\n")
    #expect(throws: OperationsPage.Missing.self) {
      try page.recipe("One", with: "rm", replacing: [("USER", "x")])
    }
    #expect(throws: OperationsPage.Missing.self) { try page.recipe("Two", with: "rm") }
  }
}
