// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import Glibc
import Logging
import Systemd
import Testing

@Suite("Syslog priority", .timeLimit(.minutes(10)))
struct SyslogPriorityTests {
  @Test("has the numbers of syslog(3)")
  func numbers() {
    #expect(SyslogPriority(.critical).rawValue == Int(LOG_CRIT))
    #expect(SyslogPriority(.error).rawValue == Int(LOG_ERR))
    #expect(SyslogPriority(.warning).rawValue == Int(LOG_WARNING))
    #expect(SyslogPriority(.notice).rawValue == Int(LOG_NOTICE))
    #expect(SyslogPriority(.info).rawValue == Int(LOG_INFO))
    #expect(SyslogPriority(.debug).rawValue == Int(LOG_DEBUG))
  }

  @Test("never says less for a graver level")
  func order() {
    let priorities = Logger.Level.allCases.sorted().map { SyslogPriority($0).rawValue }
    #expect(priorities == priorities.sorted(by: >))
  }
}
