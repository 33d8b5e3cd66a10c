// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc

/// Owns a descriptor that is closed on exec, until the end of its life.
struct OwnedDescriptor: ~Copyable {
  let number: Int32

  init(owning number: Int32) { self.number = number }

  deinit { _ = Glibc.close(number) }

  /// - Parameter number: What a call gave, negative with errno when it failed.
  static func taking(_ number: Int32) throws(SpawnError) -> OwnedDescriptor {
    guard number >= 0 else { throw SpawnError(number: errno) }
    return OwnedDescriptor(owning: number)
  }
}

/// A pipe that children may be given the writing end of.
struct OutputPipe: ~Copyable {
  let read: OwnedDescriptor
  let write: OwnedDescriptor

  /// pipe2(2), which closes on exec at once, is not in the Glibc module. A child that another
  /// thread starts in between does not keep the descriptors: each closes all it was not given.
  init() throws(SpawnError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SpawnError(number: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    read = OwnedDescriptor(owning: ends[0])
    write = OwnedDescriptor(owning: ends[1])
  }
}

/// A call failed that says nothing about the file: the machine is short of something.
struct SpawnError: Error {
  let number: Int32
}
