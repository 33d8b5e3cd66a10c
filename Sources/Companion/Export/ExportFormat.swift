// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// How the partition is written for other programs.
package enum ExportFormat: String, Sendable, CaseIterable {
  /// A line of titles and a line a document; tabs, line ends and backslashes as `\t`, `\n`, `\\`.
  case tsv
  /// The same with commas and quotation marks, RFC 4180.
  case csv
  /// One array of objects.
  case json
  /// An object a line; all have the same keys, and null for what is not there.
  case jsonl
}
