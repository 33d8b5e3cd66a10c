// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import ArgumentParser
import Companion
import Glibc

@main
enum Program {
  static func main() {
    // Whoever started this may ignore it, which is inherited over exec: then the kernel throws the
    // exit statuses of children away, waitpid(2), and gzip's is needed.
    signal(SIGCHLD, SIG_DFL)
    NearDup.main()
  }
}
