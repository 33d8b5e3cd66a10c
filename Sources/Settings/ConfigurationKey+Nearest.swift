// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension ConfigurationKey {
  /// The advice for a name that is no key: the nearest one there is.
  static func advice(forUnknown path: String) -> String {
    let own = lastComponent(path)
    let ranked = all.map { key in
      // A right key in a wrong section is one slip, however different the sections are named.
      let whole = EditDistance.between(path, key.path)
      let slips = own == key.name ? min(whole, 1) : whole
      return (path: key.path, slips: slips)
    }
    guard let best = ranked.min(by: { $0.slips < $1.slips }) else { return "" }
    if let section = nearestSection(path), section.slips < best.slips {
      return "did you mean [\(section.name)]?"
    }
    let isLikely = best.slips <= max(2, path.utf8.count / 3)
    return isLikely ? "did you mean \(best.path)?" : "the nearest known key is \(best.path)"
  }

  /// The section that a name without a dot may be meant for; nil when none is like it.
  private static func nearestSection(_ name: String) -> (name: String, slips: Int)? {
    guard !name.contains(".") else { return nil }
    return Set(all.map(\.section)).sorted()
      .map { (name: $0, slips: EditDistance.between(name, $0)) }
      .filter { $0.slips <= max(2, name.utf8.count / 3) }
      .min { $0.slips < $1.slips }
  }

  /// The advice for an environment variable that names no key.
  static func advice(forUnknownVariable name: String) -> String {
    let names = ["NEARDUPD_CONFIG"] + all.flatMap(\.environmentNames)
    let ranked = names.map { (name: $0, slips: EditDistance.between(name, $0)) }
    return ranked.min { $0.slips < $1.slips }.map { "did you mean \($0.name)?" } ?? ""
  }

  private static func lastComponent(_ path: String) -> Substring {
    path.split(separator: ".").last ?? ""
  }
}
