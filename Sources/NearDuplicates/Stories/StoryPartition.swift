// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// Cuts a set in two by the cosines of its members.
enum StoryPartition {
  private static let rounds = 4

  /// Which members are in the second group: average linkage, then members go where they are nearer.
  static func parted(_ cosines: RepresentativeCosines, _ count: Int) -> [Bool] {
    var isSecond = linked(cosines, count)
    for _ in 0..<rounds {
      var next = isSecond
      for member in 0..<count {
        var (first, second) = ((sum: 0.0, size: 0), (sum: 0.0, size: 0))
        for other in 0..<count where other != member {
          let cosine = cosines[member, other]
          if isSecond[other] {
            second = (second.sum + cosine, second.size + 1)
          } else {
            first = (first.sum + cosine, first.size + 1)
          }
        }
        if first.size == 0 || second.size == 0 { continue }
        next[member] = second.sum / Double(second.size) > first.sum / Double(first.size)
      }
      if next == isSecond { break }
      isSecond = next
    }
    return isSecond
  }

  /// Average-linkage agglomeration down to two groups; the first member is in the first.
  private static func linked(_ cosines: RepresentativeCosines, _ count: Int) -> [Bool] {
    var links = cosines
    var sizes = Array(repeating: 1.0, count: count)
    var group = Array(0..<count)
    var standing = Array(0..<count)
    while standing.count > 2 {
      var (greatest, kept, gone) = (-1.0, 0, 0)
      for one in standing {
        for other in standing where other < one && links[one, other] > greatest {
          (greatest, kept, gone) = (links[one, other], other, one)
        }
      }
      for other in standing where other != kept && other != gone {
        let mean =
          (links[kept, other] * sizes[kept] + links[gone, other] * sizes[gone])
          / (sizes[kept] + sizes[gone])
        links[kept, other] = mean
      }
      sizes[kept] += sizes[gone]
      standing.removeAll { $0 == gone }
      for member in group.indices where group[member] == gone { group[member] = kept }
    }
    return group.map { $0 != group[0] }
  }

  /// The mean cosine of pairs of one group and of pairs of both.
  static func means(_ cosines: RepresentativeCosines, _ isSecond: [Bool]) -> (
    within: Double, between: Double
  ) {
    var (within, between) = ((sum: 0.0, count: 0.0), (sum: 0.0, count: 0.0))
    for one in isSecond.indices {
      for other in 0..<one {
        if isSecond[one] == isSecond[other] {
          within = (within.sum + cosines[one, other], within.count + 1)
        } else {
          between = (between.sum + cosines[one, other], between.count + 1)
        }
      }
    }
    return (within.sum / within.count, between.sum / between.count)
  }
}
