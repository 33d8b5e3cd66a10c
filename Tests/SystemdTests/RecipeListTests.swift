// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

/// Which test runs each recipe of OPERATIONS.md, so that none is written that nobody has tried.
@Suite("Recipes of OPERATIONS.md", .timeLimit(.minutes(10)))
struct RecipeListTests {
  /// A recipe by its chapter and a piece of its text, and the test that takes it from the page; or,
  /// where there is none, why.
  private struct Recipe {
    let chapter: String
    let text: String
    let test: String
    var why: String?

    init(_ chapter: String, _ text: String, _ test: String) {
      (self.chapter, self.text, self.test) = (chapter, text, test)
    }

    init(_ chapter: String, _ text: String, notRun why: String) {
      (self.chapter, self.text, test, self.why) = (chapter, text, "", why)
    }
  }

  private static let customers = "Several customers on one host"
  private static let hosts = "Several hosts, one collection"
  private static let link = "what the link does is tried by LinkingTests, with its own databases"

  private static let recipes = [
    Recipe("A new host", "apt install", "SystemdTests/InstallationTests.package"),
    Recipe("A new host", "article.txt", "SystemdTests/InstallationTests.package"),
    Recipe("Who may drop files", "adduser", "SystemdTests/ChapterTests.accessList"),
    Recipe("Who may drop files", "3775", "SystemdTests/InstanceTests.sticky"),
    Recipe("Who may drop files", "setfacl", "SystemdTests/ChapterTests.accessList"),
    Recipe("Who may drop files", "home.conf", "SystemdTests/ServiceTests.home"),
    Recipe("Sharing the directory", "Match Group", "SystemdTests/ChapterTests.sftp"),
    Recipe(
      "Sharing the directory", "path = /var", notRun: "the page says that Samba was not tried"),
    Recipe(customers, "name=acme", "SystemdTests/InstanceTests.beside"),
    Recipe(customers, "adduser", "SystemdTests/InstanceTests.sticky"),
    Recipe(customers, "journalctl", "SystemdTests/InstanceTests.beside"),
    Recipe(customers, "set-property", "SystemdTests/InstanceTests.beside"),
    Recipe(customers, "clean", "SystemdTests/InstanceTests.rotated"),
    Recipe("Seeing what it does", "systemctl status", "SystemdTests/ChapterTests.looking"),
    Recipe("Metrics", "u:neardupd:rwx", "SystemdTests/PrometheusTests.chapter"),
    Recipe("Metrics", "u:neardupd-acme:rwx", "SystemdTests/PrometheusTests.chapter"),
    Recipe("Metrics", "promtool test rules", "SystemdTests/PrometheusTests.chapter"),
    Recipe("Tables", "CREATE TABLE", "EndToEndTests/ExportTests.postgreSQL"),
    Recipe("Tables", "--since-seq", "EndToEndTests/ExportTests.postgreSQL"),
    Recipe("A program", "consumer.py", "SystemdTests/RecipeTests.program"),
    Recipe("rsyslog", "imfile", "SystemdTests/RecipeTests.rsyslog"),
    Recipe("A webhook", "neardup-webhook", "SystemdTests/RecipeTests.webhook"),
    Recipe("A page for a web server", "report.timer", "SystemdTests/RecipeTests.reportTimer"),
    Recipe(hosts, "createuser", notRun: link),
    Recipe(hosts, "apt install", notRun: link),
    Recipe(hosts, "current_clusters", notRun: link),
    Recipe(hosts, "create_reference_table", notRun: "the page says that Citus was not tried"),
    Recipe("Memory and disk", "SAMPLE", "SystemdTests/ChapterTests.looking"),
    Recipe("Memory and disk", "apt install", "SystemdTests/ChapterTests.looking"),
    Recipe("Ten million files", "--once", "SystemdTests/MigrationChapterTests.backFile"),
    Recipe("Erasing documents", "--dry-run", "SystemdTests/MigrationChapterTests.erasing"),
    Recipe("Erasing documents", "redact", "SystemdTests/MigrationChapterTests.erasing"),
    Recipe("inotify limits", "sysctl", "SystemdTests/ChapterTests.looking"),
    Recipe("Backups", ".backup", "SystemdTests/ChapterTests.backup"),
    Recipe("Backups", "aside=", "SystemdTests/ChapterTests.backup"),
    Recipe("Moving state and log to another disk", "cp -a", "SystemdTests/ChapterTests.moving"),
    Recipe(
      "Another path for a drop directory", "relocate",
      "SystemdTests/MigrationChapterTests.relocating"),
    Recipe("Deciding anew", "rebuild", "SystemdTests/MigrationChapterTests.rebuilding"),
  ]

  @Test("each recipe is in the list once, and the list has no other")
  func complete() throws {
    let page = try OperationsPage()
    for chapter in page.chapters {
      for block in page.blocks(of: chapter) {
        let found = Self.recipes.filter { $0.chapter == chapter && block.contains($0.text) }
        #expect(found.count == 1, "\(found.count) for \(chapter): \(block.prefix(60))")
      }
    }
    for recipe in Self.recipes {
      #expect(throws: Never.self) { try page.recipe(recipe.chapter, with: recipe.text) }
    }
  }

  @Test("the test of each recipe is there, and takes recipes from the page")
  func tests() throws {
    for recipe in Self.recipes where recipe.why == nil {
      let parts = recipe.test.split(separator: ".")
      let (file, function) = (try #require(parts.first), try #require(parts.last))
      let path = "\(Fixtures.packageRoot)/Tests/\(file).swift"
      let source = String(decoding: try FileSystem.read(path), as: UTF8.self)
      #expect(source.contains("func \(function)("), "\(recipe.test)")
      #expect(source.contains("recipe("), "\(recipe.test)")
      #expect(source.contains(recipe.text), "\(recipe.test): \(recipe.text)")
    }
  }
}
