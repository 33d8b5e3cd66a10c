// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import TestSupport
import Testing

@testable import Companion

@Suite(.timeLimit(.minutes(10)))
struct FoundResultsTests {
  private func scene(state: String, log: String) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    _ = try directory.makeDirectory(state)
    try FileSystem.write([], to: directory.path("\(state)/neardupd.sqlite"))
    try FileSystem.write([], to: directory.path(log))
    return directory
  }

  @Test("what scripts/run makes is found from its directory and from those below")
  func around() throws {
    let scene = try scene(state: "state", log: "clusters.jsonl")
    _ = try scene.makeDirectory("drop")
    _ = try scene.makeDirectory("drop/wire")
    for name in ["", "/drop", "/drop/wire", "/state"] {
      let found = FoundResults(around: scene.path + name)
      #expect(found?.stateDirectory == scene.path("state"))
      #expect(found?.clusterLog == scene.path("clusters.jsonl"))
    }
  }

  @Test("a state directory of any name is found from within, with the log in it or beside it")
  func within() throws {
    let beside = try scene(state: "kept", log: "clusters.jsonl")
    let found = FoundResults(around: beside.path("kept"))
    #expect(found?.stateDirectory == beside.path("kept"))
    #expect(found?.clusterLog == beside.path("clusters.jsonl"))
    #expect(FoundResults(around: beside.path) == nil)
    let inside = try scene(state: "kept", log: "kept/clusters.jsonl")
    #expect(
      FoundResults(around: inside.path("kept"))?.clusterLog == inside.path("kept/clusters.jsonl"))
  }

  @Test("one of the two alone is no result")
  func half() throws {
    let scene = try scene(state: "state", log: "clusters.jsonl")
    try FileSystem.remove(scene.path("clusters.jsonl"))
    #expect(FoundResults(around: scene.path) == nil)
  }

  @Test("instances are known by their names and their directories")
  func instances() {
    #expect(ServiceInstance("acme-2")?.environment["STATE_DIRECTORY"] == "/var/lib/neardupd-acme-2")
    #expect(ServiceInstance("acme")?.environment["SPOOL_DIRECTORY"] == "/var/spool/neardupd-acme")
    #expect(ServiceInstance(around: "/var/spool/neardupd-acme/drop/x")?.name == "acme")
    #expect(ServiceInstance(around: "/var/log/neardupd-acme")?.name == "acme")
    #expect(ServiceInstance(around: "/var/log/neardupd") == nil)
    #expect(ServiceInstance(around: "/home/neardupd-acme") == nil)
    for name in ["", "a/b", "..", ".x", "a b", "\n"] { #expect(ServiceInstance(name) == nil) }
  }
}
