// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

import PackageDescription

/// A package of its own, so that whoever builds neardupd needs none of what only benchmarks use.
///
/// Its sources are links to those of the product: what is `package` there is so here.
let package = Package(
  name: "kernels",
  dependencies: [
    // Without traits: what they would count needs libraries that replace malloc.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: [])
  ],
  targets: [
    .target(name: "NearDuplicates", exclude: ["Similarity/BACKGROUND.md"]),
    .target(name: "TestSupport"),
    .target(name: "GeneratedTexts", dependencies: ["TestSupport"]),
    .executableTarget(
      name: "Kernels",
      dependencies: [
        "GeneratedTexts", "NearDuplicates",
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/Kernels",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ])
