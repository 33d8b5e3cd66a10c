// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What the state keeps of a unit so that stories can be brought back as they were.
///
/// The form: cluster, source and story, four bytes each; the number of terms, a byte; the terms,
/// four bytes each, one for the weight and four for the context, the heaviest first. Least
/// significant bytes come first.
package struct StoryTrace: Sendable, Equatable {
  package struct Term: Sendable, Equatable {
    var term: UInt32
    var weight: UInt8
    /// As `TermContext` lays it out.
    var context: UInt32 = 0
  }

  package var cluster: UInt32
  /// The document under which the text is stored.
  package var source: UInt32
  /// The story it came to first.
  package var story: UInt32
  var terms: [Term]

  /// Of a trace without its terms, and of each of these.
  private static let (headBytes, termBytes) = (13, 9)

  /// Several traces: their number, a byte, and each of them.
  package static func encode(_ traces: [StoryTrace]) -> [UInt8] {
    precondition(traces.count < 256, "an arrival makes few units")
    let size = traces.reduce(1) { $0 + headBytes + termBytes * $1.terms.count }
    return [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
      let output = UnsafeMutableRawBufferPointer(bytes)
      func append<Value: FixedWidthInteger>(_ value: Value) {
        output.storeBytes(of: value.littleEndian, toByteOffset: count, as: Value.self)
        count += MemoryLayout<Value>.size
      }
      append(UInt8(traces.count))
      for trace in traces {
        append(trace.cluster)
        append(trace.source)
        append(trace.story)
        append(UInt8(trace.terms.count))
        for term in trace.terms {
          append(term.term)
          append(term.weight)
          append(term.context)
        }
      }
    }
  }

  /// Reads what `encode` gives and moves behind it; nil when it is something else.
  package static func decode(_ bytes: RawSpan, _ position: inout Int) -> [StoryTrace]? {
    guard let count = byte(bytes, &position) else { return nil }
    var traces: [StoryTrace] = []
    for _ in 0..<count {
      guard let cluster = number(bytes, &position), let source = number(bytes, &position),
        let story = number(bytes, &position), let terms = byte(bytes, &position),
        cluster > 0, source > 0, story > 0, Int(terms) <= StoryTerm.limit
      else { return nil }
      var trace = StoryTrace(cluster: cluster, source: source, story: story, terms: [])
      trace.terms.reserveCapacity(Int(terms))
      for _ in 0..<terms {
        guard let term = number(bytes, &position), let weight = byte(bytes, &position),
          let context = number(bytes, &position)
        else { return nil }
        trace.terms.append(Term(term: term, weight: weight, context: context))
      }
      traces.append(trace)
    }
    return traces
  }

  /// Moves behind what `encode` gives without looking into it; false when it is cut off.
  package static func skip(_ bytes: RawSpan, _ position: inout Int) -> Bool {
    guard let count = byte(bytes, &position) else { return false }
    for _ in 0..<count {
      position += headBytes - 1
      guard let terms = byte(bytes, &position) else { return false }
      position += termBytes * Int(terms)
    }
    return position <= bytes.byteCount
  }

  private static func byte(_ bytes: RawSpan, _ position: inout Int) -> UInt8? {
    guard position < bytes.byteCount else { return nil }
    defer { position += 1 }
    return bytes.unsafeLoad(fromByteOffset: position, as: UInt8.self)
  }

  private static func number(_ bytes: RawSpan, _ position: inout Int) -> UInt32? {
    guard bytes.byteCount - position >= 4 else { return nil }
    defer { position += 4 }
    return UInt32(
      littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt32.self))
  }
}
