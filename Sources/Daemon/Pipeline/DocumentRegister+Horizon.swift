// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

internal import ClusterLog
internal import NearDuplicates
internal import StateStore

/// Documents that expire: between two arrivals, and as their numbers and recorded times say.
extension DocumentRegister {
  /// Looks, after a document was decided, whether others are to be let go, and does what is to be
  /// done for that by now.
  mutating func moveHorizon(after row: StoredDocument, _ time: Int64) throws {
    let before = horizon.progress
    horizon.note(row.document, time: row.clock)
    horizon.look(
      last: row.document, base: collection.base, documents: collection.documentCount,
      bytes: collection.accountedBytes)
    if let plan = horizon.plan { try follow(plan, after: row.document, time) }
    if horizon.progress != before || row.document == 1 { batch.progress = horizon.progress }
  }

  private mutating func follow(
    _ plan: Horizon.Plan, after document: UInt32, _ time: Int64
  ) throws {
    let undurable = Successor.Undurable(batches: [given, batch])
    var next =
      successor.take()
      ?? Successor(
        plan, base: collection.base, heirs: heirs, last: document, threshold: threshold,
        stories: storySettings)
    try next.advance(to: document, undurable, lookup)
    if document < plan.due {
      successor = next
      return
    }
    try next.finish(lookup)
    try put(next, in: plan, time)
    horizon.finishPlan()
  }

  /// Puts the collection without what goes in the place of the present one.
  private mutating func put(_ next: Successor, in plan: Horizon.Plan, _ time: Int64) throws {
    var restored = next.restored
    for promotion in restored.promotions { try lookup.remember(promotion) }
    note(next, restored)
    let gone = Expired(
      through: plan.through,
      documents: collection.documentCount - restored.collection.documentCount,
      clusters: collection.clusterCount - restored.collection.clusterCount,
      because: plan.because)
    append(.expired(gone), time)
    expired = gone
    restored.inherit(from: collection)
    collection = restored.collection
    documentOfDigest = restored.documentOfDigest
    heirs = restored.heirs.filter { $0.value > plan.through }
    if let told = next.stories { stories = told.stories }
  }

  /// Notes what the state is to be told.
  private mutating func note(_ next: Successor, _ restored: RestoredCollection) {
    var expiry =
      batch.expiry
      ?? StateExpiry(through: next.horizon.through, countedFrom: next.horizon.countedFrom)
    expiry.through = next.horizon.through
    expiry.countedFrom = next.horizon.countedFrom
    expiry.promotions += restored.promotions
    for (original, heir) in restored.heirs where heirs[original] != heir {
      expiry.heirs[original] = heir
    }
    batch.expiry = expiry
  }
}
