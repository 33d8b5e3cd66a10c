// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

package import ArgumentParser
package import Settings

/// The options that tell whose results are looked at, the same for all commands of `neardup`.
package struct CompanionOptions: ParsableArguments {
  @OptionGroup package var given: PlaceOptions

  @Option(
    help: ArgumentHelp(
      "Look at this instance of neardupd@.service.",
      discussion: "Its configuration is /etc/neardupd/NAME.toml.", valueName: "name"))
  package var instance: String?

  package init() {}

  /// A name goes into paths, so it is no path itself.
  package func validate() throws {
    guard let instance else { return }
    guard ServiceInstance(instance) != nil else {
      throw ValidationError(
        "--instance is a name of letters, digits, \"_\", \".\" and \"-\", as in neardupd@NAME, "
          + "not \"\(TerminalText.safe(instance))\".")
    }
    if given.config != nil { throw ValidationError("--instance names the configuration itself.") }
  }
}
