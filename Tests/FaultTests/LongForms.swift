// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc

/// Whether the long forms of the tests run: NEARDUPD_EXTENDED=1.
enum LongForms {
  static let areAskedFor = getenv("NEARDUPD_EXTENDED").map { String(cString: $0) } == "1"

  /// For one test, in minutes.
  static let timeLimit = areAskedFor ? 60 : 10
}
