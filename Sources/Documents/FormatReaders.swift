// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// The readers of all formats behind one another: bytes to text.
enum FormatReaders {
  enum Outcome {
    case extraction(Extraction)
    /// The same without any markup: it may be nothing but white space.
    case plain(Extraction)
    /// Not text: a NUL at this offset.
    case binary(offset: Int)
    case undecodable(Charset)

    /// Why it is no document; nil when it is one.
    var refusal: (cause: Reading.Cause, detail: String)? {
      switch self {
      case .extraction, .plain: nil
      case .binary(let offset): (.binary, "a NUL byte at offset \(offset)")
      case .undecodable(let charset):
        (
          .undecodable,
          "its words look like no language, read as \(charset.name) or otherwise"
        )
      }
    }
  }

  /// - Parameters:
  ///   - declared: What something else says of the encoding, as a mail does of its parts.
  ///   - isPart: Of a mail, which is read whole: no mail begins in it.
  static func read(
    _ bytes: [UInt8], name: [UInt8], declared: Charset? = nil, isPart: Bool = false
  ) -> Outcome {
    // These say part by part what they are in, in ASCII.
    if RTFReader.begins(bytes) { return .extraction(RTFReader.read(bytes)) }
    if !isPart, MailHeader.begins(bytes) { return .extraction(MailReader.read(bytes)) }
    let decoded = DecodedBytes(bytes, declared: declared ?? DeclaredCharset.find(bytes))
    switch decoded {
    case .binary(let offset): return .binary(offset: offset)
    case .undecodable(let charset): return .undecodable(charset)
    case .text(let text, let encoding):
      let (extraction, isPlain) = read(text: text, name: name, isPart: isPart)
      var named = extraction
      if let encoding { named.description.encoding = encoding.name }
      return isPlain ? .plain(named) : .extraction(named)
    }
  }

  private static func read(
    text: [UInt8], name: [UInt8], isPart: Bool
  ) -> (Extraction, isPlain: Bool) {
    switch DocumentFormat(text, name: name) {
    case .html: return (HTMLReader.read(text), false)
    case .xml: return (XMLReader.read(text), false)
    case .json:
      guard let json = JSONReader.read(text) else { break }
      return (Extraction(text: json.text, description: json.description), false)
    case .markdown: return (MarkdownReader.read(text), false)
    case .restructured: return (MarkdownReader.readRestructured(text), false)
    case .rtf: return (RTFReader.read(text), false)
    case .mail where !isPart: return (MailReader.read(text), false)
    case .mail, .plain: break
    }
    let plain = NumericReferences.areIn(text) ? CharacterReferences.resolved(text) : text
    return (Extraction(text: plain), true)
  }
}
