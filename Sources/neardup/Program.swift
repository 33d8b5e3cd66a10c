// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Companion

@main
enum Program {
  static func main() { NearDup.run() }
}
