// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import StateStore

/// Says when documents are let go, and which: the first to come are the first to go.
///
/// It looks at the numbers and the recorded times of documents only, so that the same arrivals have
/// the same consequences, and what it knows is brought back from the state.
struct Horizon: Sendable {
  /// The least part of a window by which the horizon moves.
  private static let windowParts: Int64 = 16
  /// What is kept of the documents that there may be, in quarters, when some are let go: that takes
  /// reading all that stay, which one quarter of new ones pays for.
  private static let keptQuarters = 3
  /// The collection without what is to go is made while one in so many of the documents come.
  private static let preparing = 64
  private static let longestPreparing = 4_096
  /// Memory that is taken however few documents there are, and for one document beside its index:
  /// stories above all. All is there twice while the horizon moves.
  private static let (fixedBytes, documentBytes) = (96 << 20, 450)

  /// What is to go next.
  struct Plan: Sendable, Equatable {
    /// The last document that goes.
    var through: UInt32
    /// After this document it does.
    var due: UInt32
    var because: ExpiryReason
  }

  private let limits: RetentionLimits
  private var clock: HorizonClock
  /// Where parts of the window begin: the number of the part, and its first document.
  private var parts: [(part: Int64, first: UInt32)] = []
  private(set) var plan: Plan?

  /// - Parameters:
  ///   - progress: what the state says of what goes on.
  init(_ limits: RetentionLimits, _ progress: StateHorizon.Progress) {
    self.limits = limits
    clock = HorizonClock(candidate: progress.clockCandidate)
    if let because = ExpiryReason(number: progress.because), progress.through > 0 {
      plan = Plan(through: progress.through, due: progress.due, because: because)
    }
  }

  /// What is to be kept of what goes on.
  var progress: StateHorizon.Progress {
    var progress = StateHorizon.Progress()
    progress.clockCandidate = clock.candidate
    if let plan {
      (progress.through, progress.due) = (plan.through, plan.due)
      progress.because = plan.because.number
    }
    return progress
  }

  /// A document was recorded; answers the time that it counts from.
  mutating func advance(to recorded: Int64) -> Int64 { clock.advance(to: recorded) }

  /// Brings back when a document came, by the time of the horizon; in order of their numbers.
  mutating func restore(_ document: UInt32, time: Int64) {
    clock.restore(time)
    note(document, time: time)
  }

  /// Notes when a document came, by the time of the horizon; in order of their numbers.
  mutating func note(_ document: UInt32, time: Int64) {
    guard let window = limits.window else { return }
    let length = max(1, window / Self.windowParts)
    let part = time.quotientAndRemainder(dividingBy: length).quotient
    if let last = parts.last, last.part >= part { return }
    parts.append((part: part, first: document))
  }

  /// Looks whether something is to go.
  ///
  /// - Parameters:
  ///   - last: the last document.
  ///   - base: the last one beyond the horizon.
  ///   - bytes: what the documents take, as `Collection.accountedBytes` says.
  mutating func look(last: UInt32, base: UInt32, documents: Int, bytes: Int) {
    guard plan == nil, last > base else { return }
    let living = last - base
    let preparing = min(living / UInt32(Self.preparing), UInt32(Self.longestPreparing))
    if let through = overdue(base: base), through < last {
      plan = Plan(through: through, due: last + preparing, because: .window)
      return
    }
    if let most = limits.documents, Int(living) + Int(preparing) >= most {
      let due = last + UInt32(max(0, most - Int(living)))
      let kept = max(1, most / 4 * Self.keptQuarters + most % 4 * Self.keptQuarters / 4)
      let through = Int(due) - kept
      guard through > Int(base), through < Int(last) else { return }
      plan = Plan(through: UInt32(through), due: due, because: .documents)
      return
    }
    guard let most = limits.memory, living > 8 else { return }
    let taken = Self.fixedBytes + 2 * (bytes + documents * Self.documentBytes)
    // A sixteenth is left for what comes until it is done.
    if taken > most - most / 16 {
      plan = Plan(through: base + living / 4, due: last + preparing, because: .memory)
    }
  }

  /// The last of the documents whose time is over; nil when there is none.
  private func overdue(base: UInt32) -> UInt32? {
    guard let now = parts.last?.part else { return nil }
    let over = now - Self.windowParts
    // The first part in which there is a document whose time is not over. Those before the first of
    // all were forgotten.
    guard let first = parts.first(where: { $0.part >= over })?.first, first > base + 1,
      first > parts[0].first
    else { return nil }
    return first - 1
  }

  /// What was planned is done.
  mutating func finishPlan() {
    guard let plan else { return }
    self.plan = nil
    // The part in which the horizon is now began with a document that is gone.
    while parts.count > 1, parts[1].first <= plan.through + 1 { parts.removeFirst() }
    if let first = parts.first, first.first <= plan.through {
      parts[0].first = plan.through + 1
    }
  }
}

extension ExpiryReason {
  /// As the state has it; never used again for something else.
  var number: Int {
    switch self {
    case .window: 1
    case .documents: 2
    case .memory: 3
    }
  }

  init?(number: Int) {
    guard let reason = Self.allCases.first(where: { $0.number == number }) else { return nil }
    self = reason
  }
}
