// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Documents
internal import Posix
internal import Synchronization

/// Containers that gave other files their turn, and where each goes on.
///
/// Of this process only: what is lost with it is read again, and known then.
final class InterruptedContainers: Sendable {
  struct Place: Sendable {
    var members: MemberReader
    /// In bytes from the beginning of the file, or of what a program makes of it.
    var offset: Int
    /// As the file was.
    var identity: FileIdentity
    /// The program that takes it apart.
    var supply: ProgramSupply?
    /// What was read and is to be handed over first.
    var pending = MemberSlice()
    /// On the monotonic clock, in nanoseconds.
    var time = Clocks.monotonic()
  }

  /// Each may know a million names; another one goes on without a break.
  private static let limit = 8
  /// One that nobody comes back to, in nanoseconds: its file is gone, or another one.
  private static let validity: UInt64 = 60_000_000_000

  private let places = Mutex<[DroppedFile: Place]>([:])

  /// Keeps a place; false when there are too many.
  func keep(_ place: Place, of file: DroppedFile) -> Bool {
    places.withLock { places in
      if places.count >= Self.limit {
        places = places.filter { place.time - min(place.time, $0.value.time) < Self.validity }
      }
      guard places.count < Self.limit else { return false }
      places[file] = place
      return true
    }
  }

  /// Where to go on, once; nil when the file is not one of these, or has changed.
  ///
  /// - Parameter fromProgram: Whether a program takes it apart.
  func take(
    _ file: DroppedFile, _ identity: FileIdentity, fromProgram: Bool
  ) -> Place? {
    let place = places.withLock { places -> Place? in
      guard let place = places[file], (place.supply != nil) == fromProgram else { return nil }
      places[file] = nil
      return place
    }
    guard let place, place.identity.hasSameContentStamp(as: identity) else { return nil }
    return place
  }

  /// Whether a file is one of these and as it was, and so need not be waited for.
  func contains(_ file: DroppedFile, _ identity: FileIdentity) -> Bool {
    places.withLock { $0[file]?.identity.hasSameContentStamp(as: identity) ?? false }
  }
}
