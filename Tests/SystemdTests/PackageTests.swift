// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@Suite("Package", .timeLimit(.minutes(15)))
struct PackageTests {
  @Test(
    "the same programs make the same package, wherever and whenever it is made",
    .enabled(if: DebianPackage.isPossible, "needs debhelper"))
  func reproducible() throws {
    let (one, other) = (try DebianPackage.makeAnew(), try DebianPackage.makeAnew())
    #expect(one.directory != other.directory)
    let bytes = try FileSystem.read(one.path)
    #expect(try bytes == FileSystem.read(other.path))
  }
}
