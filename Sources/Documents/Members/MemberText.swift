// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the bytes of a container's member come to.
enum MemberText {
  case text(Extraction)
  case skipped(Reading.Cause, detail: String)

  static func read(
    _ bytes: UnsafeRawBufferPointer, as layout: ContainerMember.Layout
  ) -> MemberText {
    switch layout {
    case .json: json(Array(bytes))
    case .item(let opening):
      MemberText(FormatReaders.read(opening + bytes, name: Array("item.xml".utf8), isPart: true))
    case .mail: .text(MailReader.read(Array(bytes)))
    case .page(let page): page.read(bytes)
    // Programs may have to read these: see `DocumentReader`.
    case .file(let name): MemberText(FormatReaders.read(Array(bytes), name: name))
    case .skipped(let cause, let detail): .skipped(cause, detail: detail)
    }
  }

  /// What the readers of all formats made of it.
  init(_ outcome: FormatReaders.Outcome) {
    switch outcome {
    case .extraction(let found), .plain(let found): self = .text(found)
    case .binary, .undecodable:
      let refusal = outcome.refusal
      self = .skipped(refusal?.cause ?? .binary, detail: refusal?.detail ?? "")
    }
  }

  private static func json(_ bytes: [UInt8]) -> MemberText {
    switch DecodedBytes(bytes) {
    case .binary(let offset): return MemberText(.binary(offset: offset))
    case .undecodable(let charset): return MemberText(.undecodable(charset))
    case .text(let text, let encoding):
      guard let json = JSONReader.readWhole(text) else {
        return .skipped(.unreadable, detail: "no whole JSON object in the \(bytes.count) bytes")
      }
      var found = Extraction(text: json.text, description: json.description)
      if let encoding { found.description.encoding = encoding.name }
      return .text(found)
    }
  }
}
