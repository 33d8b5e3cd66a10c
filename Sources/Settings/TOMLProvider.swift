// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Configuration

/// A TOML file as a source for swift-configuration, which brings none of its own.
struct TOMLProvider: ConfigProvider, ConfigSnapshot {
  /// The file holds another kind of value than the one asked for.
  struct Mismatch: Error {
    /// What it holds, for messages: "the number 5".
    package let found: String
  }

  package let document: TOMLDocument

  var providerName: String { "TOMLProvider[\(document.name)]" }

  package func value(forKey key: AbsoluteConfigKey, type: ConfigType) throws -> LookupResult {
    guard let leaf = document.leaves[key.components] else {
      // A table in the place of a value is not the absence of one.
      let isTable = document.leaves.keys.contains { $0.starts(with: key.components) }
      if isTable { throw Mismatch(found: "a table") }
      return LookupResult(encodedKey: key.description, value: nil)
    }
    let content = try Self.convert(leaf, to: type)
    return LookupResult(
      encodedKey: key.description, value: ConfigValue(content, isSecret: false))
  }

  private static func convert(_ leaf: TOMLDocument.Leaf, to type: ConfigType) throws(Mismatch)
    -> ConfigContent
  {
    switch (leaf, type) {
    case (.value(.string), .string), (.value(.int), .int), (.value(.double), .double),
      (.value(.bool), .bool), (.value(.stringArray), .stringArray):
      guard case .value(let content) = leaf else { break }
      return content
    case (.value(.int(let number)), .double):
      return .double(Double(number))
    default:
      break
    }
    throw Mismatch(found: description(of: leaf))
  }

  private static func description(of leaf: TOMLDocument.Leaf) -> String {
    switch leaf {
    case .value(.string(let text)): "the string \(TOMLText.quoted(text))"
    case .value(.int(let number)): "the number \(number)"
    case .value(.double(let number)): "the number \(number)"
    case .value(.bool(let flag)): "the word \(flag)"
    case .value: "a list"
    case .foreign(let name): name
    }
  }
}

// A file is read once per load; a reload makes a new provider. So nothing ever changes here.
extension TOMLProvider {
  nonisolated(nonsending) func fetchValue(
    forKey key: AbsoluteConfigKey, type: ConfigType
  ) async throws -> LookupResult {
    try value(forKey: key, type: type)
  }

  nonisolated(nonsending) func watchValue<Return: ~Copyable>(
    forKey key: AbsoluteConfigKey, type: ConfigType,
    updatesHandler:
      nonisolated(nonsending) (
        _ updates: ConfigUpdatesAsyncSequence<Result<LookupResult, any Error>, Never>
      ) async throws -> Return
  ) async throws -> Return {
    try await watchValueFromValue(forKey: key, type: type, updatesHandler: updatesHandler)
  }

  package func snapshot() -> any ConfigSnapshot { self }

  nonisolated(nonsending) func watchSnapshot<Return: ~Copyable>(
    updatesHandler:
      nonisolated(nonsending) (
        _ updates: ConfigUpdatesAsyncSequence<any ConfigSnapshot, Never>
      ) async throws -> Return
  ) async throws -> Return {
    try await watchSnapshotFromSnapshot(updatesHandler: updatesHandler)
  }
}
