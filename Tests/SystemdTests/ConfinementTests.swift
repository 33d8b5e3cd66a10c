// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Testing

/// The unit with another program in the daemon's place, which tries what the daemon must not.
@Suite(
  "In a booted systemd: what the unit may not do", .tags(.booted), .serialized,
  .enabled(if: Box.isPossible, "needs root and systemd"), .timeLimit(.minutes(10)))
struct ConfinementTests {
  /// Each line is something to try and whether it is to succeed.
  private static let attempts = """
    yes touch /var/lib/neardupd/file
    yes touch /var/log/neardupd/file
    yes touch /run/neardupd/file
    yes touch /tmp/file
    yes ls /var/spool/neardupd/drop
    yes cat /proc/sys/fs/inotify/max_user_watches
    no touch /var/spool/neardupd/drop/file
    no touch /etc/neardupd/file
    no touch /var/lib/file
    no touch /usr/file
    no touch /dev/shm/../file
    no ls /home/visible
    no cat /etc/shadow
    no ls /proc/1/fd
    no test -e /proc/1/comm
    no test -e /dev/tty1
    no bash -c 'exec 3<>/dev/tcp/127.0.0.1/4321'
    no bash -c 'exec 3<>/dev/udp/127.0.0.1/4321'
    no unshare --user true
    no mount -t tmpfs none /tmp
    no chmod u+s /tmp/file
    no hostname other
    no kill -0 1
    """

  @Test("it writes only to its own directories, has no network, no devices and no privileges")
  func confined() throws {
    let box = try Box.withService(
      dropIn: """
        [Service]
        Type=oneshot
        Restart=no
        ExecStart=
        ExecStart=/bin/bash /usr/local/bin/attempts
        StandardOutput=file:/attempts.out
        """)
    // Something listens, so that a connection succeeds where there is a network.
    try box.shell(
      """
      mkdir /home/visible
      cat >/usr/local/bin/attempts <<'END'
      while read -r expected command; do
        if eval "$command" >/dev/null 2>&1; then found=yes; else found=no; fi
        if [ $found != $expected ]; then echo "$command: $found"; fi
      done <<'LIST'
      \(Self.attempts)
      LIST
      echo complete
      END
      systemd-run --quiet --unit=listener \
        systemd-socket-activate --accept --listen=127.0.0.1:4321 cat
      """)
    try box.waitForListener(at: 4321)
    try box.run(["systemctl", "start", "neardupd"])
    #expect(try box.shell("cat /attempts.out") == "complete\n")
  }
}
