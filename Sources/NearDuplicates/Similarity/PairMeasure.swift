// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

/// What is measured of two documents; the pair model splits on these, so their numbers are fixed.
///
/// A is the document with fewer tokens, B the other. Sets are of distinct runs of two words (pairs)
/// or three (triples). *Static* weights are sums of word weights from the background table;
/// *k-weights* are static weights times 1 / (1 + n / 2) for a run that n clusters other than those
/// of the two documents hold (`ClusterCounts`), so that boilerplate counts little. *Alignment*
/// measures come from `Alignment`. All lie between 0 and 1 unless it says otherwise; a quotient by
/// zero is 0.
enum PairMeasure: Int, CaseIterable, Sendable {
  /// Shared triples / triples of the smaller set (containment; Broder 1997).
  case tripleContainment
  /// Shared triples / triples in either (resemblance; Broder 1997).
  case tripleResemblance
  /// Shared pairs / pairs of the smaller set.
  case pairContainment
  /// Shared pairs / pairs in either.
  case pairResemblance
  /// Containment of triples by static weight.
  case weightedContainment
  /// Resemblance of triples by static weight.
  case weightedResemblance
  /// Containment of triples by k-weight.
  case unusualTripleContainment
  /// Resemblance of triples by k-weight.
  case unusualTripleResemblance
  /// Containment of pairs by k-weight.
  case unusualPairContainment
  /// Resemblance of pairs by k-weight.
  case unusualPairResemblance
  /// Cosine of the word vectors, with (weight − 4) · damped occurrences (Salton and Buckley 1988).
  case cosine
  /// (Weight of shared rare words + 60) / (that of all rare words of the document with less + 60).
  case rareWords
  /// (m + 1) / (m + d + 1): m tokens with digits matched in runs, d replaced between runs.
  case numbersKept
  /// M / (M + G): M tokens in runs, G tokens skipped between neighbouring runs.
  case locality
  /// log2(1 + the longest run in tokens); 0 and more.
  case longestRun
  /// Matched tokens in lines of eight tokens and more / all such tokens; the greater of A and B.
  ///
  /// A document with fewer than ten such tokens counts 0; pair containment where both have fewer.
  case prose
  /// log2(1 + tokens of A); 0 and more.
  case length
  /// Tokens of A / tokens of B.
  case lengthRatio
  /// Shared k-weight of pairs / their static weight: how little of it other clusters have too.
  case unusual
  /// log2(1 + shared k-weight of triples / 100 words' worth of 64ths); 0 and more.
  case evidence
  /// Tokens in runs of six and more / tokens of A.
  case longRuns
  /// (m + 1) / (m + d + 1): m rare words matched in runs, d times replaced between runs.
  case rareWordsKept
  /// Tokens in runs and in the gaps of A between neighbouring runs / tokens of A.
  case region
  /// log2(1 + gaps between neighbouring runs where both sides have a number); 0 and more.
  case numbersReplaced
  /// log2(1 + gaps between neighbouring runs where both sides have a rare word); 0 and more.
  case rareWordsReplaced
  /// Matched body / body of the document that has less of it; tokens of long lines are the body.
  ///
  /// Pair containment, as are the next two, where a document has hardly any.
  case bodyOfLesser
  /// Matched body / body, the greater of A and B.
  case bodyGreatest
  /// Matched body / body, the lesser of A and B.
  case bodyLeast
  /// Value of the own core (`OwnCore`) / value of the document; the lesser of A and B.
  ///
  /// Pages of one site have long stretches of their own, copies hardly any, at least one of the
  /// two. Of this and the next three, more makes a pair less alike.
  case ownCore
  /// log2(1 + value of the own core in full tokens), the lesser of A and B; 0 and more.
  case ownCoreLength
  /// Greatest facing gap (`Alignment`) / value of the document that has less.
  case facingGap
  /// log2(1 + greatest facing gap in full tokens); 0 and more.
  case facingGapLength
  /// (m + 5) / (t + 10): t tokens outside the own core, m matched ones of them; the lesser of both.
  ///
  /// Two articles in one frame match nearly all of it; an article in two frames does not.
  case frame
  /// log2(1 + shared triples); 0 and more.
  case sharedTriples
  /// log2(1 + tokens in runs of six and more); 0 and more.
  case longRunTokens
  /// Containment of triples that next to no other cluster holds; of all where too few are left.
  case ownTripleContainment
  /// Resemblance of triples that next to no other cluster holds; of all where too few are left.
  case ownTripleResemblance
  /// log2(1 + the longest stretch of A that is not matched, in tokens); 0 and more.
  case strayOfFirst
  /// log2(1 + the longest stretch of B that is not matched, in tokens); 0 and more.
  case strayOfSecond
  /// log2(1 + distinct words of the document that has fewer): how much its tokens can say.
  case vocabulary
}
