// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import Glibc
internal import Posix

/// A read lease on a file for as long as it lives: nobody has the file open for writing, and who
/// opens it waits until the lease is given back (F_SETLEASE, fcntl(2)).
struct FileLease: ~Copyable {
  enum Answer {
    case held
    /// Somebody has it open for writing, or wants to.
    case refused
    /// It cannot be told: a lease needs the file's owner or CAP_LEASE, and a file system with
    /// leases.
    case unknown
  }

  let answer: Answer
  private let file: FileDescriptor?

  init(_ name: [UInt8], in directory: borrowing FileDescriptor) {
    do throws(Errno) {
      let file = try FileSystemCalls.openAt(directory, name, FileSystemCalls.fileFlags)
      answer =
        switch FileSystemCalls.takeReadLease(file) {
        case true?: .held
        case false?: .refused
        case nil: .unknown
        }
      self.file = consume file
    } catch {
      // EAGAIN: somebody else's lease is being taken back, because of a writer or of this look.
      answer = error.isLeased ? .refused : .unknown
      file = nil
    }
  }

  private init(_ answer: Answer) {
    self.answer = answer
    file = nil
  }

  static var unknown: FileLease { FileLease(.unknown) }
}
