// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Foundation
import Testing

@testable import ClusterLog

@Suite("RecordEncoder") struct RecordEncoderTests {
  private func line(_ record: Record, sequence: UInt64 = 7) -> [UInt8] {
    var bytes: [UInt8] = []
    RecordEncoder().append(record, sequence: sequence, time: SampleRecords.time, to: &bytes)
    return bytes
  }

  private func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test func theFirstLineIsExactlyThis() {
    let digest = (0..<32).map { String(format: "%02x", $0) }.joined()
    let expected =
      #"{"schema":1,"seq":7,"time":"2026-11-21T19:30:00.000123Z","event":"assigned","#
      + #""document":1,"path":"a.txt","bytes":2600,"sha256":""# + digest
      + #"","words":412,"cluster":"c1","relation":"first"}"# + "\n"
    #expect(String(decoding: line(SampleRecords.first), as: UTF8.self) == expected)
  }

  @Test func aNearLineHasAllFieldsInOrder() {
    let text = String(decoding: line(SampleRecords.path([UInt8]("b".utf8))), as: UTF8.self)
    let expected =
      #""cluster":"c1","relation":"near","match":{"document":1,"path":"b","#
      + #""resemblance":0.0000,"containment":0.0000,"shared":0,"cluster_similarity":1.0000},"#
      + #""contains":["c4","c11"],"story":"s1","#
      + #""story_match":{"document":4,"path":"wire/004.txt","similarity":0.5000,"#
      + #""terms":["quake","harbour","\"mayor\"","tsunami","pier"]},"replaces":1}"# + "\n"
    #expect(text.hasSuffix(expected))
    #expect(text.contains(#""document":2,"drop":"/srv/drop","path":"b","bytes":0,"#))
  }

  @Test(arguments: SampleRecords.all) func everyEventIsOneJSONLine(_ record: Record) throws {
    let bytes = line(record, sequence: .max)
    #expect(bytes.filter { $0 == UInt8(ascii: "\n") }.count == 1)
    #expect(bytes.last == UInt8(ascii: "\n"))
    let object = try object(bytes)
    #expect(object["schema"] as? Int == 1)
    #expect(object["time"] as? String == "2026-11-21T19:30:00.000123Z")
    #expect(object["event"] is String)
  }

  @Test(arguments: [
    Array("naïve – 日本 🗞️.txt".utf8), Array("new\nline\ttab\u{1}\u{7F}\"\\/".utf8),
    Array("\u{85}\u{9F}\u{A0}\u{2028}\u{2029}\u{202A}\u{FFFD}\u{10FFFF}".utf8), [0xE9],
    [0x61, 0xC3], [0xF0, 0x9F, 0x93], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5, 0xFF, 0x2F],
    [0xE2, 0x80, 0x28], [0xF0, 0x80, 0x80, 0x41],
  ]) func anyBytesOfAPathComeBack(_ path: [UInt8]) throws {
    let bytes = line(SampleRecords.path(path))
    let object = try object(bytes)
    let match = try #require(object["match"] as? [String: Any])
    for object in [object, match] {
      #expect(object["path"] as? String == String(decoding: path, as: UTF8.self))
      let encoded = object["path_b64"] as? String
      if String(validating: path, as: UTF8.self) == nil {
        #expect(encoded.flatMap { Data(base64Encoded: $0) } == Data(path))
      } else {
        #expect(encoded == nil)
      }
    }
    // Nothing of it reaches a terminal or splits the line.
    let text = String(decoding: bytes.dropLast(), as: UTF8.self).unicodeScalars
    #expect(!text.contains { $0.properties.generalCategory == .control })
    #expect(!text.contains { $0.value == 0x2028 || $0.value == 0x2029 })
  }

  /// The state of a small generator decides the bytes, so a failure can be run again.
  @Test func randomBytesReadBackAsSwiftReadsThem() throws {
    var state: UInt64 = 42
    func next(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    let interesting: [UInt8] = [
      0x00, 0x22, 0x5C, 0x7F, 0x80, 0x9F, 0xA0, 0xA8, 0xBF, 0xC2, 0xE0, 0xE2, 0xED, 0xEF, 0xF0,
      0xF4, 0xF8, 0x41,
    ]
    for _ in 0..<20_000 {
      let bytes = (0..<next(9)).map { _ in interesting[Int(next(UInt64(interesting.count)))] }
      var written: [UInt8] = []
      written.append(string: bytes)
      let read = try JSONSerialization.jsonObject(
        with: Data(written), options: .fragmentsAllowed)
      #expect(read as? String == String(decoding: bytes, as: UTF8.self), "\(bytes)")
    }
  }
}
