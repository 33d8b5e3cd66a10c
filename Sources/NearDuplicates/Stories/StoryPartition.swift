// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Cuts a set in two by the cosines of its members.
enum StoryPartition {
  private static let rounds = 4

  /// Which members are in the second group: average linkage, then members go where they are nearer.
  static func parted(_ cosines: [[Double]]) -> [Bool] {
    let count = cosines.count
    var isSecond = linked(cosines)
    for _ in 0..<rounds {
      var next = isSecond
      for member in 0..<count {
        var (sums, sizes) = ([0.0, 0.0], [0, 0])
        for other in 0..<count where other != member {
          let side = isSecond[other] ? 1 : 0
          sums[side] += cosines[member][other]
          sizes[side] += 1
        }
        if sizes[0] == 0 || sizes[1] == 0 { continue }
        next[member] = sums[1] / Double(sizes[1]) > sums[0] / Double(sizes[0])
      }
      if next == isSecond { break }
      isSecond = next
    }
    return isSecond
  }

  /// Average-linkage agglomeration down to two groups; the first member is in the first.
  private static func linked(_ cosines: [[Double]]) -> [Bool] {
    let count = cosines.count
    var links = cosines
    var sizes = Array(repeating: 1.0, count: count)
    var group = Array(0..<count)
    var standing = Array(0..<count)
    while standing.count > 2 {
      var (greatest, kept, gone) = (-1.0, 0, 0)
      for one in standing {
        for other in standing where other < one && links[one][other] > greatest {
          (greatest, kept, gone) = (links[one][other], other, one)
        }
      }
      for other in standing where other != kept && other != gone {
        let mean =
          (links[kept][other] * sizes[kept] + links[gone][other] * sizes[gone])
          / (sizes[kept] + sizes[gone])
        links[kept][other] = mean
        links[other][kept] = mean
      }
      sizes[kept] += sizes[gone]
      standing.removeAll { $0 == gone }
      for member in group.indices where group[member] == gone { group[member] = kept }
    }
    return group.map { $0 != group[0] }
  }

  /// The mean cosine of pairs of one group and of pairs of both.
  static func means(_ cosines: [[Double]], _ isSecond: [Bool]) -> (
    within: Double, between: Double
  ) {
    var (within, between) = ((sum: 0.0, count: 0.0), (sum: 0.0, count: 0.0))
    for one in cosines.indices {
      for other in 0..<one {
        if isSecond[one] == isSecond[other] {
          within = (within.sum + cosines[one][other], within.count + 1)
        } else {
          between = (between.sum + cosines[one][other], between.count + 1)
        }
      }
    }
    return (within.sum / within.count, between.sum / between.count)
  }
}
