// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import PackageDescription

/// One set of rules for every target: language mode 6, no warning survives.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "neardupd",
  products: [
    .executable(name: "neardupd", targets: ["neardupd"]),
    .executable(name: "neardup", targets: ["neardup"]),
    .executable(name: "neardup-link", targets: ["neardup-link"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(
      url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .target(
      name: "Systemd",
      dependencies: ["CSystemd", .product(name: "Logging", package: "swift-log")],
      swiftSettings: strict),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CSpawn"),
    .systemLibrary(name: "CMalloc"),
    .target(name: "Inotify", dependencies: ["Posix"], swiftSettings: strict),
    .target(
      name: "NearDuplicates", exclude: ["DETECTION.md", "Similarity/BACKGROUND.md"],
      swiftSettings: strict),
    .target(
      name: "Documents", dependencies: ["CSpawn", "CZlib", "NearDuplicates"],
      swiftSettings: strict),
    .target(
      name: "StateStore",
      dependencies: [
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .target(name: "ClusterLog", swiftSettings: strict),
    .target(name: "Posix", swiftSettings: strict),
    .target(
      name: "Settings",
      dependencies: [
        "Documents", "NearDuplicates", "Posix",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: strict),
    .target(
      name: "Control",
      dependencies: [
        "Documents", "NearDuplicates", "Settings",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .target(
      name: "Daemon",
      dependencies: [
        "CMalloc", "Control", "Posix", "Settings", "Systemd", "Inotify", "NearDuplicates",
        "Documents", "StateStore", "ClusterLog",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "HeapModule", package: "swift-collections"),
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "TOMLKit", package: "TOMLKit"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "neardupd",
      dependencies: [
        "Companion", "Control", "Daemon", "Posix", "Settings",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .target(
      name: "Companion",
      dependencies: [
        "ClusterLog", "Control", "Daemon", "Documents", "Inotify", "NearDuplicates", "Posix",
        "Settings", "StateStore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      // Part of the program: a report is written wherever neardup runs.
      resources: [.embedInCode("Report/Page")],
      swiftSettings: strict),
    .executableTarget(
      name: "neardup",
      dependencies: [
        "Companion", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(
      name: "Link",
      dependencies: [
        "ClusterLog", "Companion", "Control", "CPostgreSQL", "Daemon", "Inotify",
        "NearDuplicates", "Settings", "StateStore", "Systemd",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "neardup-link", dependencies: ["Link"], swiftSettings: strict),
    .target(
      name: "GeneratedTexts", dependencies: ["TestSupport"],
      path: "Tests/Benchmarks/GeneratedTexts",
      swiftSettings: strict),
    .executableTarget(
      name: "KernelBenchmark", dependencies: ["GeneratedTexts", "NearDuplicates"],
      path: "Tests/Benchmarks/KernelBenchmark", swiftSettings: strict),
    .executableTarget(
      name: "EngineBenchmark", dependencies: ["Documents", "GeneratedTexts", "NearDuplicates"],
      path: "Tests/Benchmarks/EngineBenchmark", swiftSettings: strict),
    .executableTarget(
      name: "ReaderBenchmark", dependencies: ["Documents", "GeneratedTexts", "NearDuplicates"],
      path: "Tests/Benchmarks/ReaderBenchmark", swiftSettings: strict),
    .executableTarget(
      name: "PairMeasureDump", dependencies: ["Documents", "NearDuplicates"],
      path: "Tests/Benchmarks/PairMeasureDump", swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "TestSupportTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "InotifyTests", dependencies: ["Inotify", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "NotificationTests",
      dependencies: ["Systemd", "TestSupport", .product(name: "Logging", package: "swift-log")],
      swiftSettings: strict),
    .testTarget(
      name: "NearDuplicatesTests", dependencies: ["NearDuplicates", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DocumentsTests", dependencies: ["Documents", "NearDuplicates", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ClusterLogTests", dependencies: ["ClusterLog", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "StateStoreTests",
      dependencies: [
        "ClusterLog", "StateStore", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(name: "PosixTests", dependencies: ["Posix", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "SettingsTests",
      dependencies: [
        "Posix", "Settings", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ControlTests", dependencies: ["Control", "NearDuplicates", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DaemonTests",
      dependencies: [
        "ClusterLog", "Control", "Posix", "Settings", "Daemon", "Documents", "Inotify",
        "NearDuplicates", "StateStore", "Systemd",
        "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CompanionTests",
      dependencies: [
        "ClusterLog", "Companion", "Daemon", "NearDuplicates", "StateStore", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LinkTests",
      dependencies: [
        "ClusterLog", "Companion", "Link", "NearDuplicates", "TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "FaultTests",
      dependencies: ["TestSupport", .product(name: "Crypto", package: "swift-crypto")],
      exclude: ["README.md"],
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(name: "SystemdTests", dependencies: ["TestSupport"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer brings its own main and instruments what is built with it: for scripts/fuzz only.
if Context.environment["NEARDUPD_FUZZING"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzzing",
      dependencies: [
        "ClusterLog", "Daemon", "Documents", "Inotify", "NearDuplicates", "Settings",
      ],
      path: "Tests/Fuzzing", exclude: ["Corpus"],
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
