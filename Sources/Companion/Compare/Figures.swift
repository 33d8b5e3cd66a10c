// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Measures as people read them.
enum Figures {
  /// A share from 0 to 1 with three digits; 1 only when it is all, 0 only when it is nothing.
  static func share(_ value: Double) -> String {
    var thousandths = Int((value * 1_000).rounded())
    if value < 1 { thousandths = min(thousandths, 999) }
    if value > 0 { thousandths = max(thousandths, 1) }
    let digits = String(thousandths % 1_000)
    return "\(thousandths / 1_000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
  }
}
