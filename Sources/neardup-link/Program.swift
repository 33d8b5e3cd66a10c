// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Link

@main
enum Program {
  static func main() async { await LinkProgram.run() }
}
