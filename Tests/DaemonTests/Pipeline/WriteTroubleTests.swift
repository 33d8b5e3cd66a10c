// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

@testable import ClusterLog
import Glibc
@testable import StateStore
import Systemd
import Testing

@testable import Daemon

@Suite(.timeLimit(.minutes(10)))
struct WriteTroubleTests {
  private struct Other: Error {}

  /// The errors themselves are made by their modules: by what a system call says.
  private func logError(_ code: ClusterLogError.Code, _ number: Int32) -> ClusterLogError {
    ClusterLogError(code, Array("/log".utf8), "reason", remedy: "remedy", systemError: number)
  }

  private func storeError(_ code: StateStoreError.Code) -> StateStoreError {
    StateStoreError(code, Array("/state".utf8), "reason", remedy: "remedy")
  }

  @Test(arguments: [ENOSPC, EDQUOT, EFBIG])
  func aLogWithoutRoomIsWaitedFor(number: Int32) {
    #expect(WriteTrouble(logError(.full, number)) != nil)
  }

  @Test func aFileSystemThatBecameReadOnlyIsWaitedFor() {
    #expect(WriteTrouble(logError(.denied, EROFS)) != nil)
    #expect(WriteTrouble(storeError(.readOnly)) != nil)
  }

  @Test(arguments: [StateStoreError.Code.full, .busy, .cannotOpen, .replaced])
  func aStateWithoutRoomIsWaitedFor(code: StateStoreError.Code) {
    #expect(WriteTrouble(storeError(code)) != nil)
  }

  @Test(arguments: [StateStoreError.Code.io, .corrupt, .outOfOrder, .denied, .other])
  func otherTroubleWithTheStateIsFatal(code: StateStoreError.Code) {
    #expect(WriteTrouble(storeError(code)) == nil)
  }

  @Test func otherTroubleWithTheLogIsFatal() {
    #expect(WriteTrouble(logError(.failed, EIO)) == nil)
    #expect(WriteTrouble(Other()) == nil)
  }

  @Test func namesTheFileAndTheReason() {
    let trouble = WriteTrouble(logError(.full, ENOSPC))
    #expect(trouble?.status(bytesNeeded: 0) == "cannot write /log: reason")
    #expect(trouble?.status(bytesNeeded: 9) == "cannot write /log: reason, 9 bytes needed")
  }

  @Test func whatIsFatalKeepsItsWordsAndHasItsStatus() {
    for error in [logError(.failed, EIO) as any Error, storeError(.corrupt)] {
      let failure = WriteTrouble.fatal(error) as? DaemonFailure
      #expect(failure?.status == .inputOutput)
      #expect(failure?.description == "\(error)")
    }
    #expect(WriteTrouble.fatal(Other()) is Other)
  }

  /// The catalogue's entry tells to restore the database.
  @Test func onlyTroubleWithTheStateIsCalledSo() {
    func identifier(_ error: any Error) -> MessageIdentifier? {
      (WriteTrouble.fatal(error) as? DaemonFailure)?.identifier
    }
    #expect(identifier(storeError(.corrupt)) == .stateFailed)
    #expect(identifier(logError(.failed, EIO)) == nil)
    #expect(DaemonFailure(state: storeError(.full)).identifier == nil)
    #expect(DaemonFailure(state: storeError(.heldByAnotherInstance(pid: 1))).identifier == nil)
    for code in [StateStoreError.Code.busy, .readOnly, .denied, .cannotOpen] {
      #expect(DaemonFailure(state: storeError(code)).identifier == nil, "\(code)")
    }
  }
}
