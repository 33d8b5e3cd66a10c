// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Logging
internal import Posix
internal import Systemd

extension Intake {
  /// How often a hanging drop directory is asked again, in nanoseconds.
  private static let probeInterval: UInt64 = 15_000_000_000

  /// Leaves drop directories alone that do not answer, and takes them up again when they do.
  mutating func followHangs(now: UInt64) {
    for index in roots.indices {
      let since = places.calls.hangingSince(index)
      if since != nil, !roots[index].isHanging {
        letGo(index)
        roots[index].mode = .hanging(reason: "its file system does not answer")
        roots[index].nextScan = nil
        nextProbe = now + Self.probeInterval
        logger.error(
          "a drop directory does not answer: going on without it until it does",
          metadata: MessageIdentifier.dropDirectoryMissing.with([
            "neardupd.drop": .string(roots[index].name),
            "neardupd.remedy": "look after the server of its file system, or unmount it",
          ]))
      } else if since == nil, roots[index].isHanging {
        logger.notice(
          "the drop directory answers again",
          metadata: MessageIdentifier.dropDirectoryBack.with([
            "neardupd.drop": .string(roots[index].name)
          ]))
        roots[index].mode = .watching
        detach(index)
        attach(index, isStart: true)
      }
    }
    guard now >= nextProbe, roots.contains(where: \.isHanging) else { return }
    nextProbe = now + Self.probeInterval
    for index in roots.indices { probe(index) }
  }

  /// Asks a hanging drop directory without waiting for its answer, which ends the hanging.
  mutating func probe(_ index: Int) {
    guard roots[index].isHanging else { return }
    let places = places
    places.calls.probe(index) { _ = try? places.open([], in: index) }
  }
}
