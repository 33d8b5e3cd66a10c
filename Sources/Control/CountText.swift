// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Counts with their nouns, for people: "1 story", "2 stories".
package enum CountText {
  package static func documents(_ count: Int) -> String {
    count == 1 ? "1 document" : "\(count) documents"
  }

  package static func clusters(_ count: Int) -> String {
    count == 1 ? "1 cluster" : "\(count) clusters"
  }

  package static func stories(_ count: Int) -> String {
    count == 1 ? "1 story" : "\(count) stories"
  }

  package static func files(_ count: Int) -> String {
    count == 1 ? "1 file" : "\(count) files"
  }

  package static func directories(_ count: Int) -> String {
    count == 1 ? "1 directory" : "\(count) directories"
  }

  package static func watches(_ count: Int) -> String {
    count == 1 ? "1 watch" : "\(count) watches"
  }
}
