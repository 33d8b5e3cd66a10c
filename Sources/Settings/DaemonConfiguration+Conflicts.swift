// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension DaemonConfiguration {
  /// Two values that are each right and together wrong.
  struct Conflict: Equatable {
    /// The key to name: the one that is more likely to be changed.
    package let key: String
    package let reason: String
    package var remedy: String?
  }

  /// What is wrong between the values, none when all is well.
  ///
  /// Paths are compared as they are written; that a symbolic link leads one place into another
  /// shows only when they are opened.
  func conflicts() -> [Conflict] {
    nestedDropDirectories() + placesInDropDirectories() + clashingFiles() + limits()
  }

  private func nestedDropDirectories() -> [Conflict] {
    let key = "drop.directories"
    var conflicts: [Conflict] = []
    for (index, second) in drop.directories.enumerated() {
      for first in drop.directories[..<index] {
        if first == second {
          conflicts.append(Conflict(key: key, reason: "\(first) is given twice"))
        } else if PathText.contains(first, second) || PathText.contains(second, first) {
          let inner = first.utf8.count > second.utf8.count ? first : second
          let outer = inner == first ? second : first
          conflicts.append(
            Conflict(
              key: key, reason: "\(inner) lies in \(outer)",
              remedy: "a file would be recorded twice; give the outer one alone"))
        }
      }
    }
    return conflicts
  }

  private func placesInDropDirectories() -> [Conflict] {
    let places = [
      ("state.directory", state.directory), ("log.path", log.path),
      ("metrics.textfile", metrics.textfile), ("drop.move-to", drop.moveTo),
    ]
    return places.flatMap { key, place in
      drop.directories.compactMap { directory in
        guard let place, PathText.contains(directory, place) else { return nil }
        return Conflict(
          key: key, reason: "\(place) lies in the drop directory \(directory)",
          remedy: "what is written there would be taken for documents; choose another place")
      }
    }
  }

  private func clashingFiles() -> [Conflict] {
    var conflicts: [Conflict] = []
    if drop.after == .moveTo, drop.moveTo == nil {
      conflicts.append(
        Conflict(
          key: "drop.after", reason: "\"move-to\" needs a directory to move to",
          remedy: "set drop.move-to"))
    }
    if drop.after == .moveTo, drop.onDelete == .forget {
      conflicts.append(
        Conflict(
          key: "drop.on-delete", reason: "\"forget\" would forget every file that is moved",
          remedy: "keep, or leave the files where they are"))
    }
    if PathText.contains(log.path, state.directory) {
      conflicts.append(
        Conflict(key: "log.path", reason: "\(log.path) is needed as a directory for the state"))
    }
    if let textfile = metrics.textfile, textfile == log.path || textfile == state.directory {
      conflicts.append(
        Conflict(
          key: "metrics.textfile", reason: "\(textfile) is the cluster log or the state",
          remedy: "choose another name; the file is replaced as a whole"))
    }
    return conflicts
  }

  private func limits() -> [Conflict] {
    guard drop.maxSize > pipeline.inFlightBytes else { return [] }
    let size = ByteSizeText.render(drop.maxSize)
    let room = ByteSizeText.render(pipeline.inFlightBytes)
    return [
      Conflict(
        key: "drop.max-size",
        reason: "a file of \(size) would never fit into pipeline.in-flight-bytes, \(room)",
        remedy: "lower the one or raise the other")
    ]
  }
}
