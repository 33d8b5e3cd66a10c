// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

/// The export as other programs read it.
@Suite("Export", .timeLimit(.minutes(10)))
struct ExportTests {
  private static let pythonWithDuckDB = Python(with: "duckdb")
  private static let hasPostgreSQL = access("/usr/bin/pg_virtualenv", X_OK) == 0

  /// The wire story, a page with a title, and a name that has all that CSV quotes.
  private func places() throws -> Workplace {
    let places = try Workplace()
    for name in Fixtures.wireStory { try places.write(Fixtures.wireStory(name), to: name) }
    let page = """
      <!doctype html><title>Harbour "opens", at last</title>
      <p>The harbour of the small town opened on Monday after two years of work.</p>
      """
    try places.write(page.utf8, to: "page.html")
    try places.write(Fixtures.wireStory("c-spun.txt"), to: "a, \"b\"\nc.txt")
    #expect(try places.runOnce() == .exited(0))
    return places
  }

  private func export(_ format: String, _ places: Workplace) throws -> String {
    let run = try places.neardup("export", "--format", format)
    #expect(run.exitStatus == .exited(0), "\(run.standardError)")
    let file = places.path("documents.\(format)")
    try FileSystem.write(run.standardOutput.utf8, to: file)
    return file
  }

  @Test("rows have the title, the match, the principal and the record")
  func columns() throws {
    let places = try places()
    let lines = try places.neardup("export", "--format", "jsonl").standardOutput
    let rows = try lines.split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
    #expect(rows.count == 7)
    let page = try #require(rows.first { $0["path"]?.string == "page.html" })
    #expect(page["title"]?.string == "Harbour \"opens\", at last")
    #expect(page["principal"] == page["document"])
    #expect(page["match"] == .null)
    let copy = try #require(rows.first { $0["path"]?.string == "b-long-copy.txt" })
    let recorded = try #require(
      try places.lines().all.first { $0["path"]?.string == "b-long-copy.txt" })
    #expect(copy["seq"]?.integer == recorded["seq"]?.integer)
    #expect(copy["match"] == recorded["match"]?["document"])
    for measure in ["resemblance", "containment", "cluster_similarity"] {
      #expect(copy[measure] == recorded["match"]?[measure], "\(measure)")
    }
    let cluster = try places.neardup("cluster", "c1", "--json")
    let principal = try JSONValue(parsing: cluster.standardOutput.utf8)["principal"]
    #expect(copy["principal"] == principal?["document"])
    // Later the changes alone.
    let last = rows.compactMap { $0["changed"]?.integer }.max() ?? 0
    #expect(
      try places.neardup("export", "--since-seq", "\(last)").standardOutput
        .split(separator: "\n").count == 1)
    try places.write("Nothing that was there before has these words.".utf8, to: "new.txt")
    #expect(try places.runOnce() == .exited(0))
    let changes = try places.neardup("export", "--since-seq", "\(last)").standardOutput
    #expect(changes.split(separator: "\n").count == 2)
    #expect(changes.contains("\tnew.txt\t"))
  }

  @Test(
    "DuckDB reads the CSV as it reads the JSON Lines, and makes a Parquet file of it",
    .enabled(if: pythonWithDuckDB != nil, "needs DuckDB, which scripts/prepare test installs"))
  func duckDB() throws {
    let places = try places()
    let files = [try export("csv", places), try export("jsonl", places)]
    let program = """
      import duckdb, json, sys
      csv, lines, parquet = sys.argv[1:]
      duckdb.sql(f"COPY '{csv}' TO '{parquet}'")
      select = f"SELECT * REPLACE (epoch(time) AS time) FROM '{parquet}' ORDER BY document"
      found = duckdb.sql(select)
      wanted = [json.loads(line) for line in open(lines)]
      assert found.columns == list(wanted[0]), found.columns
      rows = [dict(zip(found.columns, row)) for row in found.fetchall()]
      for row, line in zip(rows, wanted, strict=True):
          for name in row:
              assert name == "time" or row[name] == line[name], (name, row[name], line[name])
      print(len(rows))
      """
    let arguments = files + [places.path("documents.parquet")]
    #expect(try Self.pythonWithDuckDB?.run(program, arguments) == "7\n")
  }

  @Test(
    "PostgreSQL's COPY reads the CSV, and the chapter brings a table up to date",
    .enabled(if: hasPostgreSQL, "needs postgresql"))
  func postgreSQL() throws {
    let page = try OperationsPage()
    let places = try places()
    let chapter = "Tables"
    let make = try page.recipe(chapter, with: "CREATE TABLE")
    let update = try page.recipe(chapter, with: "--since-seq")
    let compare = """
      psql -qAt -c 'SELECT row_to_json(documents) FROM documents ORDER BY document' >found
      neardup export --format jsonl >wanted
      python3 - <<'END'
      import datetime, json
      found, wanted = ([json.loads(line) for line in open(name)] for name in ("found", "wanted"))
      for row in found + wanted:
          row["time"] = datetime.datetime.fromisoformat(row["time"].replace("Z", "+00:00"))
      assert found == wanted, (found, wanted)
      print(len(found), "rows")
      END
      """
    let add = "cp '\(places.inDrop("b-long-copy.txt"))' '\(places.inDrop("new.txt"))'"
    let options = places.options.map { "'\($0)'" }.joined(separator: " ")
    let record = "'\(DaemonBinary.path)' --once \(options)"
    let script = [
      "set -euo pipefail", make, compare, add, record, update, compare,
    ].joined(separator: "\n")
    var environment = DaemonBinary.environment
    environment["NEARDUPD_CONFIG"] = places.configuration
    environment["NEARDUPD_STATE_DIRECTORY"] = places.state
    environment["NEARDUPD_CLUSTER_LOG"] = places.log
    environment["HOME"] = places.path(".")
    let directory =
      BuiltProgram.companion.path.lastIndex(of: "/").map { BuiltProgram.companion.path[..<$0] }
      ?? "."
    environment["PATH"] = "\(directory):/usr/sbin:/usr/bin:/sbin:/bin"
    let process = try ChildProcess(
      "/usr/bin/pg_virtualenv",
      ["bash", "-c", "cd '\(places.path("."))'\n\(script)"], environment: environment)
    let status = try process.waitForExit(within: 120)
    #expect(status == .exited(0), "\(process.standardError)")
    for line in ["7 rows", "8 rows"] {
      #expect(process.standardOutput.contains("\n\(line)\n"), "\(process.standardOutput)")
    }
  }
}
