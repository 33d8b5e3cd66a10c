// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import TestSupport
import Testing

@Suite(
  "In a booted systemd: installing and removing", .tags(.booted), .serialized,
  .enabled(if: Box.isPossible, "needs root and systemd"), .timeLimit(.minutes(10)))
struct InstallationTests {
  @Test("scripts/install can be undone, and keeps what is not its own")
  func script() throws {
    let box = try Box.withService()
    try box.run(["systemctl", "enable", "--now", "neardupd"])
    try box.dropWireStory()
    try box.waitForLines(5)
    // Again, over a configuration that was edited: that stays.
    try box.shell(
      """
      echo '# edited' >>/etc/neardupd/neardupd.toml
      \(Sources.script("install")) --neardupd \(Sources.daemon)
      grep -q '# edited' /etc/neardupd/neardupd.toml
      man --where neardupd neardupd.toml neardup
      """, within: 120)
    try box.shell(
      """
      \(Sources.script("install")) --uninstall --purge
      test ! -e /usr/bin/neardupd
      test ! -e /var/lib/neardupd
      test ! -e /etc/neardupd
      test -e \(Box.drop)/a-site-copy.txt
      test -z "$(systemctl list-unit-files --no-legend neardupd.service)"
      """)
  }

  @Test(
    "the package installs, upgrades and goes as a package should",
    .enabled(if: DebianPackage.isPossible, "needs debhelper"))
  func package() throws {
    let package = try DebianPackage.make()
    let box = try Box(sharing: [package.directory])
    try box.bringLibraries()
    let page = try OperationsPage()
    try box.run(["useradd", "--create-home", "reporter"])
    try box.shell(
      page.recipe(
        "A new host", with: "apt install",
        replacing: [("./neardupd_VERSION_ARCH.deb", package.path), ("NAME", "reporter")]),
      within: 120)
    #expect(try box.property("ActiveState") == "active")
    #expect(try box.property("UnitFileState") == "enabled")
    #expect(try box.shell("stat -c %U:%G:%a \(Box.drop)") == "root:neardupd:2775\n")
    #expect(try box.shell("journalctl -u neardupd -x").contains("Subject: neardupd watches"))
    try box.run(["man", "--where", "neardupd", "neardupd.toml", "neardup"])
    try lookAtDocuments(of: package, in: box)
    let asReporter = try page.recipe(
      "A new host", with: "article.txt",
      replacing: [("neardup tail", "head -n 1 <(tail -n +1 -F \(Box.clusterLog)); neardup tail")])
    try box.shell("cp \(Sources.wireStory)/a-site-copy.txt /home/reporter/article.txt")
    let shown = try box.run(["runuser", "-u", "reporter", "--", "bash", "-ec", "cd; \(asReporter)"])
    #expect(shown.contains("article.txt"))
    #expect(shown.contains("running"))
    try box.dropWireStory()
    try box.waitForLines(6)

    // The next version, with another default configuration, over one that was edited.
    try box.shell(
      """
      echo '# edited' >>/etc/neardupd/neardupd.toml
      touch /etc/neardupd/acme.toml
      systemctl start neardupd@acme
      before=$(systemctl show --value -p MainPID neardupd)
      instance=$(systemctl show --value -p MainPID neardupd@acme)
      dpkg-deb --raw-extract \(package.path) /tmp/next
      sed -i 's/^Version: .*/&+next/' /tmp/next/DEBIAN/control
      echo '# delivered' >>/tmp/next/etc/neardupd/neardupd.toml
      dpkg-deb -Znone --build /tmp/next /tmp/next.deb
      DEBIAN_FRONTEND=noninteractive dpkg --force-confold --install /tmp/next.deb
      grep -q '# edited' /etc/neardupd/neardupd.toml
      test "$before" != "$(systemctl show --value -p MainPID neardupd)"
      systemctl --quiet is-active neardupd@acme
      test "$instance" != "$(systemctl show --value -p MainPID neardupd@acme)"
      cp \(Sources.wireStory)/a-site-copy.txt \(Box.drop)/again.txt
      """, within: 120)
    let lines = try box.waitForLines(7)
    #expect(box.hasNoGap(lines))
    #expect(lines[6].contains("\"relation\":\"identical\""))

    try box.shell(
      """
      dpkg --remove neardupd
      test ! -e /usr/bin/neardupd
      test -e /var/lib/neardupd
      test -e /etc/neardupd/neardupd.toml
      ! systemctl --quiet is-active neardupd
      ! systemctl --quiet is-active neardupd@acme
      rm /etc/neardupd/acme.toml
      dpkg --purge neardupd
      test ! -e /var/lib/neardupd
      test ! -e /var/log/neardupd
      test ! -e /etc/neardupd
      test -e \(Box.drop)/a-site-copy.txt
      test -e /var/log/neardupd-acme/clusters.jsonl
      test -z "$(systemctl --failed --no-legend)"
      """)
  }

  /// Unpacked, since an image may have dpkg leave documents out.
  private func lookAtDocuments(of package: DebianPackage, in box: Box) throws {
    let found = try box.shell(
      """
      dpkg-deb --extract \(package.path) /tmp/content
      cd /tmp/content/usr/share/doc/neardupd
      cat *.md | grep -oE '\\]\\([^:)]+\\)' | sed 's/^](//; s/[)#].*$//' | sort -u | xargs ls
      grep -E '^(Swift version|grdb.swift) [0-9]' dependencies.txt
      grep '^License: CC-BY-SA-4.0' copyright
      ls examples examples/neardupd.service.d
      """)
    for name in [
      "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "DETECTION.md", "OPERATIONS.md",
      "BACKGROUND.md", "Swift version 6", "grdb.swift 7", "License: CC-BY-SA-4.0",
      "neardupd.alerts.yml", "neardupd.alerts.test.yml", "neardupd.dashboard.json",
      "neardup-report.timer", "metrics.conf",
    ] {
      #expect(found.contains(name), "\(name) in \(found)")
    }
  }
}
