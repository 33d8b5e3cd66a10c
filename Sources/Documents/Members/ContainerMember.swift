// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// A member of a container: where it stands, and how it is read.
package struct ContainerMember: Sendable {
  /// What its bytes are laid out as.
  package enum Layout: Sendable, Equatable {
    /// A line with one JSON object.
    case json
    /// An element of a feed, with what says at the feed's beginning how it is to be read.
    case item(opening: [UInt8])
    /// A mail, without the line that parts it from others.
    case mail
    /// What a server sent or an archive kept.
    case page(ArchivedPage)
    /// A file, by its whole name.
    case file(name: [UInt8])
    /// It is no document, or too damaged to be read.
    case skipped(Reading.Cause, detail: String)
  }

  /// Its name, unlike that of any other member: UTF-8 on one line, without NUL.
  package let name: [UInt8]
  package let layout: Layout
  /// Where its own bytes stand in what was looked at.
  package let bytes: Range<Int>
  /// How many bytes of what was looked at are done with.
  package let length: Int
  /// Its own bytes where they are compressed in the file; then `bytes` is empty.
  package var content: [UInt8]?
}

/// What a look at the bytes of a container that are not done with comes to.
package enum MemberStep: Sendable {
  case member(ContainerMember)
  /// So many bytes belong to no member, or to one that is too large, which comes at its end.
  case passed(Int, isOfMember: Bool)
  /// Nothing can be said until more bytes have come.
  case more
  /// There are no more members.
  case end
}

/// Cuts a container into its members while its bytes come.
///
/// A member is given out when all of its bytes are there, so that never more than one of them and
/// the beginning of the next are held; one that is larger than the limit is passed over. Time is
/// linear in the bytes, whatever they are.
package struct MemberReader: Sendable {
  private var cutter: any MemberCutter & Sendable

  /// - Parameter limit: Bytes; larger members are not read.
  package init(_ format: ContainerFormat, limit: Int) {
    switch format {
    case .jsonLines: cutter = LineCutter(limit: limit)
    case .feed: cutter = FeedCutter(limit: limit)
    case .mailbox: cutter = MailboxCutter(limit: limit)
    case .webArchive: cutter = WebArchiveCutter(limit: limit)
    case .compressedWebArchive: cutter = CompressedArchiveCutter(limit: limit)
    case .archive: cutter = CpioCutter(limit: limit)
    }
  }

  /// The next step.
  ///
  /// - Parameters:
  ///   - bytes: From behind what earlier steps were done with; after `more` the same and what has
  ///     come behind them.
  ///   - isLast: Whether nothing comes behind them.
  package mutating func next(in bytes: UnsafeRawBufferPointer, isLast: Bool) -> MemberStep {
    cutter.next(in: bytes, isLast: isLast)
  }
}

/// Knows where the members of one kind of container begin and end.
protocol MemberCutter {
  mutating func next(in bytes: UnsafeRawBufferPointer, isLast: Bool) -> MemberStep
}

extension ContainerMember.Layout {
  /// Why a member is passed over that is larger than what is read.
  static func tooLarge(limit: Int) -> Self {
    .skipped(.tooLarge, detail: "more than \(limit) bytes; drop.max-size is \(limit)")
  }
}
