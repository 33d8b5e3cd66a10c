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
    try box.shell("dpkg --install \(package.path)", within: 120)
    #expect(try box.property("ActiveState") == "active")
    #expect(try box.property("UnitFileState") == "enabled")
    #expect(try box.shell("stat -c %U:%G:%a \(Box.drop)") == "root:neardupd:2775\n")
    #expect(try box.shell("journalctl -u neardupd -x").contains("Subject: neardupd watches"))
    try box.run(["man", "--where", "neardupd", "neardupd.toml", "neardup"])
    try box.dropWireStory()
    try box.waitForLines(5)

    // The next version, with another default configuration, over one that was edited.
    try box.shell(
      """
      echo '# edited' >>/etc/neardupd/neardupd.toml
      before=$(systemctl show --value -p MainPID neardupd)
      dpkg-deb --raw-extract \(package.path) /tmp/next
      sed -i 's/^Version: .*/&+next/' /tmp/next/DEBIAN/control
      echo '# delivered' >>/tmp/next/etc/neardupd/neardupd.toml
      dpkg-deb -Znone --build /tmp/next /tmp/next.deb
      DEBIAN_FRONTEND=noninteractive dpkg --force-confold --install /tmp/next.deb
      grep -q '# edited' /etc/neardupd/neardupd.toml
      test "$before" != "$(systemctl show --value -p MainPID neardupd)"
      cp \(Sources.wireStory)/a-site-copy.txt \(Box.drop)/again.txt
      """, within: 120)
    let lines = try box.waitForLines(6)
    #expect(box.hasNoGap(lines))
    #expect(lines[5].contains("\"relation\":\"identical\""))

    try box.shell(
      """
      dpkg --remove neardupd
      test ! -e /usr/bin/neardupd
      test -e /var/lib/neardupd
      test -e /etc/neardupd/neardupd.toml
      ! systemctl --quiet is-active neardupd
      dpkg --purge neardupd
      test ! -e /var/lib/neardupd
      test ! -e /var/log/neardupd
      test ! -e /etc/neardupd
      test -e \(Box.drop)/a-site-copy.txt
      test -z "$(systemctl --failed --no-legend)"
      """)
  }
}
