// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// Standard input, output and error, whatever a program was started with.
package enum StandardDescriptors {
  /// Opens /dev/null in the place of those that are closed.
  ///
  /// The next file that is opened would get their numbers, and what is meant for people would be
  /// written into the cluster log. To be called before anything is opened.
  package static func fillGaps() {
    // open(2) gives the least number that is free.
    while true {
      let descriptor = open("/dev/null", O_RDWR)
      if descriptor < 0 { return }
      if descriptor <= STDERR_FILENO { continue }
      close(descriptor)
      return
    }
  }
}
