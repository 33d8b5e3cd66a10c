#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""fit.py SETS DUMP [--without KIND...] [--each]: fits the pair model in the current folder.

SETS is the folder with the labelled sets; DUMP the program PairMeasureDump. Reads the generated
texts that fit_pair_model.py has made (*/documents.tsv), streams all texts through the engine as
collections of many sizes meet them, and fits boosted trees to the pairs that it would compare.
Writes trees.txt. --without leaves kinds out of the fit; --each fits once without each kind and
tells how the model does on the kind that it has not seen. All random choices are seeded.
"""

import argparse
import glob
import os
import random
import subprocess
from collections import Counter, defaultdict

import lightgbm as lgb
import numpy as np

# More of these makes a pair less alike, or says nothing for itself; all others make it more alike.
LESS = "numbersReplaced ownCore ownCoreLength facingGap facingGapLength strayOfFirst strayOfSecond"
OPEN = "length lengthRatio rareWordsReplaced frame vocabulary"
REAL = ("reuters_dev", "dmca_dev", "blogs_dev", "debian_dev")
# No near-duplicates are labelled in it.
LEFT_OUT = ("story_dev",)
TREES, DEPTH = 450, 4
# What all pairs of one kind and label weigh together.
TOGETHER, APART = 1000, 1500
FOREIGN = 1500
COLD_PAIRS = 500


def rows(path):
    with open(path, encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


class Texts:
    """All documents, what is known of their pairs, and the streams in which they are met."""

    def __init__(self, sets):
        self.kinds, self.names, self.labels, self.paths = [], [], [], []
        self.number, self.known, self.ignored = {}, {}, set()
        for folder in sorted(glob.glob(f"{sets}/*/")):
            kind = os.path.basename(folder[:-1])
            if kind not in LEFT_OUT:
                self.load(folder, kind)
        for path in sorted(glob.glob("*/documents.tsv")):
            for kind, name, label, text in rows(path):
                self.append(kind.split(":")[0], name, kind + "/" + label, text)
        numbers = {}
        self.cluster = [numbers.setdefault(label, len(numbers)) for label in self.labels]
        self.sizes = Counter(self.labels)

    def append(self, kind, name, label, path):
        self.number[kind, name] = len(self.paths)
        self.kinds.append(kind)
        self.names.append(name)
        self.labels.append(label)
        self.paths.append(path)

    def load(self, folder, kind):
        labels = [row for row in rows(folder + "labels.tsv") if row[0] != "doc"]
        up = {row[0]: row[0] for row in labels}

        def find(name):
            while up[name] != name:
                name = up[name]
            return name

        pairs = rows(folder + "pairs.tsv")[1:] if kind in REAL else []
        for a, b, label, resemblance, _ in pairs:
            if label == "same" or label == "template" and float(resemblance) >= 0.9:
                up[find(a)] = find(b)
        for row in sorted(labels):
            label = find(row[0]) if kind in REAL else row[1]
            self.append(kind, row[0], f"{kind}/{label}", folder + "docs/" + row[0])
        for a, b, label, resemblance, _ in pairs:
            key = frozenset((self.number[kind, a], self.number[kind, b]))
            self.known[key] = (label, float(resemblance))
        if os.path.exists(folder + "ignore.tsv") and kind not in REAL:
            for row in rows(folder + "ignore.tsv"):
                if (kind, row[0]) in self.number and (kind, row[1]) in self.number:
                    self.ignored.add(
                        frozenset((self.number[kind, row[0]], self.number[kind, row[1]]))
                    )

    def verdict(self, a, b, resemblance, containment):
        """Whether two texts belong together (1, 0, None for unknown), and what the pair weighs."""
        key = frozenset((a, b))
        if key in self.ignored:
            # A round-up is a cluster of its own, or it would make its parts one.
            return (0, 0.7) if self.kinds[a] == "containers_dev" else (None, 0)
        if self.kinds[a] != self.kinds[b]:
            return (None, 0) if resemblance > 0.2 or containment > 0.4 else (0, 1)
        if self.kinds[a] not in REAL:
            same = self.labels[a] == self.labels[b]
            return int(same), 1 / max(1, self.sizes[self.labels[a]] - 1) if same else 1
        label, exact = self.known.get(key, (None, 0))
        if label == "same":
            return 1, 1
        if label == "template":
            return (1, 0.3) if exact >= 0.9 else (None, 0)
        if label in ("boilerplate", "different"):
            return 0, 1
        if containment < 0.12 and resemblance < 0.06:
            return 0, 1
        if containment < 0.4 and resemblance < 0.2:
            return 0, 1
        return None, 0

    def streams(self):
        """Whole and thinned, one set alone, a few dozen documents, generated sites."""
        count = len(self.paths)
        by_kind, by_label = defaultdict(list), defaultdict(list)
        for i in range(count):
            by_kind[self.kinds[i]].append(i)
            by_label[self.labels[i]].append(i)
        generated = [i for i in range(count) if self.kinds[i] in ("pages", "sites")]
        texts = [i for i in range(count) if self.kinds[i] not in ("pages", "sites")]
        keys = sorted({self.labels[i] for i in texts})

        def shuffled(some, seed):
            some = list(some)
            random.Random(seed).shuffle(some)
            return some

        out = [shuffled(texts, 1)]
        for k, share in enumerate([0.3, 0.1, 0.03, 0.03]):
            r = random.Random(200 + k)
            out.append(
                shuffled([i for key in keys if r.random() < share for i in by_label[key]], k)
            )
        for kind in sorted({self.kinds[i] for i in texts}):
            out.append(list(by_kind[kind]))
            out.append(shuffled(by_kind[kind], kind))
            own = [key for key in keys if key.startswith(kind + "/")]
            r = random.Random("few" + kind)
            for share in (0.1, 0.3):
                some = [i for key in own if r.random() < share for i in by_label[key]]
                out.append(shuffled(some, kind + str(share)))
        sites = defaultdict(list)
        for i in generated:
            sites[self.labels[i].split("/")[0] if self.kinds[i] == "sites" else
                  "pages/" + self.names[i].rsplit("-", 1)[0]].append(i)
        out += [shuffled(pages, site) for site, pages in sorted(sites.items())]
        return out


class Pairs:
    """What was measured, with labels and weights."""

    def __init__(self, texts, head, measures, names):
        self.texts, self.head, self.measures, self.names = texts, head, measures, names
        resemblance = measures[:, names.index("tripleResemblance")]
        containment = measures[:, names.index("tripleContainment")]
        verdicts = [
            texts.verdict(a, b, j, c)
            for (a, b), j, c in zip(head.tolist(), resemblance.tolist(), containment.tolist())
        ]
        kept = np.array([v[0] is not None for v in verdicts])
        self.head, self.measures = head[kept], measures[kept]
        self.label = np.array([v[0] for v in verdicts if v[0] is not None])
        self.weight = np.array([v[1] for v in verdicts if v[0] is not None], dtype=float)
        kinds = np.array(texts.kinds)
        a, b = kinds[self.head[:, 0]], kinds[self.head[:, 1]]
        self.kind = np.where(a == b, a, "foreign")

    def weigh(self):
        """Every kind weighs alike; what looks alike and is not weighs more."""
        w = self.weight.copy()
        containment = self.measures[:, self.names.index("pairContainment")]
        apart = self.label == 0
        w[apart] *= 0.3 + np.minimum(3.0, 4 * containment[apart])
        for kind in sorted(set(self.kind)):
            for label, total in ((0, FOREIGN if kind == "foreign" else APART), (1, TOGETHER)):
                these = (self.kind == kind) & (self.label == label)
                if these.any():
                    share = SHARE.get(kind, 1) * (REAL_APART if kind in REAL and label == 0 else 1)
                    w[these] *= min(20.0, total * share / w[these].sum())
        return w


# Small sets, and those that others outdo as a measuring stick, weigh less.
SHARE = {"seeds": 0.3, "mccormick_1000": 0.3, "xshort": 0.5, "short_answers": 3, "pan13_dev": 2}
# What nobody prepared says what may not be joined.
REAL_APART = 6


def measured(texts, dump, streams):
    """Head (two document numbers) and measures of all pairs that the streams compare."""
    with open("texts.tsv", "w", encoding="utf-8") as f:
        for cluster, path in zip(texts.cluster, texts.paths):
            f.write(f"{cluster}\t{path}\n")
    with open("streams.txt", "w", encoding="utf-8") as f:
        for stream in streams:
            f.write(" ".join(map(str, stream)) + "\n")
    names = subprocess.run(
        [dump, "texts.tsv", "streams.txt", "pairs.bin"], check=True, stdout=subprocess.PIPE
    ).stdout.decode().split()
    data = np.fromfile("pairs.bin", dtype=np.int32).reshape(-1, 2 + len(names))
    return data[:, :2].copy(), data[:, 2:].copy().view(np.float32), names


def cold_streams(texts, pairs):
    """Two documents in an empty daemon: as alike as they come of each kind, and a third one."""
    r = random.Random("cold")
    out = []
    score = pairs.measures[:, pairs.names.index("pairContainment")]
    for kind in sorted(set(pairs.kind) - {"foreign", "pages", "sites"}):
        for label in (0, 1):
            these = np.flatnonzero((pairs.kind == kind) & (pairs.label == label))
            if label == 0:
                these = these[np.argsort(-score[these], kind="stable")][: 4 * COLD_PAIRS]
            chosen = list(dict.fromkeys(tuple(pairs.head[i].tolist()) for i in these))
            for a, b in r.sample(chosen, min(COLD_PAIRS, len(chosen))):
                out.append([b, a])
    return out


def fit(pairs, weight, keep):
    constraints = [
        0 if n in OPEN.split() else -1 if n in LESS.split() else 1 for n in pairs.names
    ]
    return lgb.train(
        dict(
            objective="binary",
            max_depth=DEPTH,
            num_leaves=1 << DEPTH,
            learning_rate=0.08,
            min_data_in_leaf=100,
            min_sum_hessian_in_leaf=5,
            lambda_l2=5,
            feature_fraction=0.5,
            feature_fraction_bynode=0.6,
            bagging_fraction=0.7,
            bagging_freq=1,
            boost_from_average=False,
            monotone_constraints=constraints,
            monotone_constraints_method="intermediate",
            seed=1,
            deterministic=True,
            num_threads=2,
            verbose=-1,
            max_bin=127,
        ),
        lgb.Dataset(pairs.measures[keep], pairs.label[keep], weight=weight[keep]),
        TREES,
    )


def lines(model):
    """Complete trees: measure and threshold of each inner node, then the leaves."""
    inner = (1 << DEPTH) - 1

    def walk(node, depth, k, tree):
        features, thresholds, leaves = tree
        if depth == DEPTH:
            leaves[k - inner] = node["leaf_value"]
            return
        left = right = node
        if "leaf_value" not in node:
            features[k], thresholds[k] = node["split_feature"], node["threshold"]
            left, right = node["left_child"], node["right_child"]
        walk(left, depth + 1, 2 * k + 1, tree)
        walk(right, depth + 1, 2 * k + 2, tree)

    for info in model.dump_model()["tree_info"]:
        tree = [0] * inner, [0.0] * inner, [0.0] * (inner + 1)
        walk(info["tree_structure"], 0, 0, tree)
        nodes = " ".join(f"{f} {np.float32(t):.9g}" for f, t in zip(*tree[:2]))
        yield f"tree {nodes} " + " ".join(f"{leaf:.6f}" for leaf in tree[2])


def tell(pairs, weight, score, kinds, title):
    print(title)
    for kind in kinds:
        found = []
        for label in (1, 0):
            these = (pairs.kind == kind) & (pairs.label == label)
            right = (score[these] > 0) == (label == 1)
            w = weight[these]
            found.append(f"{(right * w).sum() / max(1e-9, w.sum()):.4f} of {these.sum():7}")
        print(f"  {kind:18} together {found[0]}   apart {found[1]}", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sets")
    options.add_argument("dump")
    options.add_argument("--without", nargs="*", default=[])
    options.add_argument("--each", action="store_true")
    options.add_argument("--again", action="store_true", help="take the measures of the last run")
    o = options.parse_args()
    texts = Texts(o.sets)
    if not o.again:
        head, measures, names = measured(texts, o.dump, texts.streams())
        cold = cold_streams(texts, Pairs(texts, head, measures, names))
        more, others, _ = measured(texts, o.dump, cold)
        head, measures = np.concatenate([head, more]), np.concatenate([measures, others])
        np.savez("measured.npz", head=head, measures=measures, names=np.array(names))
    saved = np.load("measured.npz")
    pairs = Pairs(texts, saved["head"], saved["measures"], saved["names"].tolist())
    weight = pairs.weigh()
    keep = ~np.isin(pairs.kind, o.without)
    print(f"{len(pairs.label)} pairs, {int(pairs.label.sum())} of them together")
    kinds = sorted(set(pairs.kind))
    model = fit(pairs, weight, keep)
    tell(pairs, weight, model.predict(pairs.measures, raw_score=True), kinds, "all kinds")
    with open("trees.txt", "w", encoding="utf-8") as f:
        f.write("\n".join(lines(model)) + "\n")
    if o.each:
        print("the kind that the model has not seen")
        for kind in kinds:
            other = fit(pairs, weight, pairs.kind != kind)
            these = pairs.kind == kind
            score = np.zeros(len(pairs.label))
            score[these] = other.predict(pairs.measures[these], raw_score=True)
            tell(pairs, weight, score, [kind], "")


if __name__ == "__main__":
    main()
