# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""fit.py: fits the pair model to the training data in the current folder and writes model.txt.

Stage 1: 150 trees over measures 0-27, monotone, on the pairs of the sets as streams meet them.
Stage 2: 60 trees that correct the score of stage 1, over the five frame measures and eleven others,
with generated pages of sites that an empty daemon meets (generate_pages.py).
fit_pair_model.py runs it.
"""

import os
import random
import subprocess
from collections import Counter

import lightgbm as lgb
import numpy as np

# In the order of PairMeasure.swift and core.h.
NAMES = (
    "c3 j3 c2 j2 sc3 sj3 kc3 kj3 kc2 kj2 cos rare num loc run prose len ratio unusual evid cov6 "
    "rsub region dsub xsub bshort bmax bmin own ownabs gap gapabs out"
).split()
MAIN = NAMES[:28]
FRAME = NAMES[28:]
BESIDE = "cov6 run ratio len num xsub bmax unusual prose sc3 kc3".split()
MONOTONE = {name: 1 for name in NAMES}
MONOTONE.update(dsub=-1, len=0, ratio=0, xsub=0, own=-1, ownabs=-1, gap=-1, gapabs=-1, out=0)
MAIN_TREES, FRAME_TREES = 150, 60
# What all generated pairs of one label weigh together; those that belong together weigh half.
GENERATED = 4000
HARD = 4


def rows(path):
    return [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]


def load(path):
    """A dump: document, other, whether they belong together, hits; then the measures."""
    data = np.fromfile(path, dtype=np.int32).reshape(-1, 4 + len(NAMES))
    return data[:, :4].copy(), data[:, 4:].copy().view(np.float32)


DOCS = rows("ext/docs.tsv")
PAIRS = rows("generated/pairs.tsv")
COUNT = len(DOCS)
SERIES = COUNT + 2 * len(PAIRS)
SETS = np.array([d[0] for d in DOCS] + ["g:" + p[5] for p in PAIRS for _ in (0, 1)] + ["g:series"])
LABELS = [d[0] + "/" + d[2] for d in DOCS]
SIZES = Counter(LABELS)


def orders():
    """Streams to take pairs from: whole, thinned, one set alone, a few dozen documents, cold."""
    out = []
    for k in range(2):
        o = list(range(COUNT))
        random.Random(100 + k).shuffle(o)
        out.append(o)
    by = {}
    for i, label in enumerate(LABELS):
        by.setdefault(label, []).append(i)
    keys = sorted(by)
    for k, share in enumerate([0.3, 0.1, 0.1, 0.03, 0.03, 0.03, 0.03]):
        r = random.Random(200 + k)
        o = [i for label in keys if r.random() < share for i in by[label]]
        r.shuffle(o)
        out.append(o)
    for s in sorted(set(SETS[:COUNT])):
        o = [i for i in range(COUNT) if SETS[i] == s]
        random.Random(s).shuffle(o)
        out.append(o)
    kinds = "webnews_dev xsite xtemplate synth_dev xshort xcopy seeds short_answers".split()
    for k in range(60):
        r = random.Random(300 + k)
        o = [i for label in r.sample(keys, 12) for i in by[label][:6]]
        s = r.choice(kinds)
        own = [label for label in keys if label.startswith(s + "/")]
        o += [i for label in r.sample(own, min(len(own), 30)) for i in by[label][:6]]
        o = list(dict.fromkeys(o))
        r.shuffle(o)
        out.append(o)
    out.append(cold_order(keys, by))
    return out


def cold_order(keys, by):
    """The first documents of 1,500 empty daemons; -1 empties it."""
    kinds = (
        "xsite xsite xsite webnews_dev synth_dev synth_dev xcopy xcopy pan13_dev xtemplate "
        "short_answers same_event"
    ).split()
    r = random.Random(999)
    o = []
    for _ in range(1500):
        s = r.choice(kinds)
        if s in ("xsite", "xtemplate"):
            own = [label for label in keys if label.startswith(s + "/")]
            site = r.choice(own).rsplit("-", 1)[0]
            family = [label for label in own if label.rsplit("-", 1)[0] == site]
            o += [-1] + [by[label][0] for label in r.sample(family, min(len(family), 2))]
        else:
            label = r.choice(
                [
                    label
                    for label in keys
                    if label.startswith(s + "/") and (len(by[label]) > 1 or s == "same_event")
                ]
            )
            o += [-1] + r.sample(by[label], min(2, len(by[label]))) + by[r.choice(keys)][:1]
    return o


def dump(folder, order):
    with open("order.txt", "w") as f:
        f.write(" ".join(map(str, order)))
    # An empty daemon need not clear a large table.
    environment = dict(os.environ, BITS="18") if -1 in order else None
    subprocess.run(
        ["./dump", f"{folder}/docs.bin", f"{folder}/docs.tsv", "order.txt", "dump.bin"],
        check=True,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    return load("dump.bin")


def data():
    parts = [dump("ext", order) for order in orders()]
    generated = np.fromfile("generated/measures.bin", dtype=np.float32)
    generated = generated.reshape(len(PAIRS), -1)[:, : len(NAMES)]
    heads = [[COUNT + 2 * i, COUNT + 2 * i, int(p[2]), 9] for i, p in enumerate(PAIRS)]
    parts.append((np.array(heads, dtype=np.int32), generated))
    sites = {}
    for i, row in enumerate(rows("series/docs.tsv")):
        sites.setdefault(row[0], []).append(i)
    order = []
    for site, pages in sites.items():
        random.Random(site).shuffle(pages)
        order += [-1] + pages
    head, measures = dump("series", order)
    head[:, :2] = SERIES
    parts.append((head, measures))
    return np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts])


def weights(head, measures):
    """Every set's positives weigh alike, a pair of a cluster of n 1/(n-1); negatives are capped."""
    y = head[:, 2]
    a, b = SETS[head[:, 0]], SETS[head[:, 1]]
    w = np.ones(len(y))
    sizes = np.array([SIZES[label] for label in LABELS] + [1] * (len(SETS) - COUNT))[head[:, 0]]
    w[y == 1] = 1 / np.maximum(1, sizes[y == 1] - 1)
    for s in set(SETS[:COUNT]):
        m = (y == 1) & (a == s)
        if m.any():
            w[m] *= 300 / w[m].sum() if s == "seeds" else min(3.0, 3000 / w[m].sum())
        m = (y == 0) & (a == s) & (b == s)
        if m.any():
            w[m] *= min(3.0, 4000 / m.sum())
    m = (y == 0) & (a != b)
    w[m] *= min(1, 8000 / m.sum())
    # What looks alike counts for more.
    m = y == 0
    w[m] *= 0.4 + np.minimum(3.0, HARD * measures[m][:, NAMES.index("kc2")])
    series = head[:, 0] == SERIES
    for group in (series, (head[:, 0] >= COUNT) & ~series):
        for label, total in ((0, GENERATED), (1, GENERATED / 2)):
            m = group & (y == label)
            w[m] = total / max(1, m.sum())
    return w


COMMON = dict(
    objective="binary",
    max_depth=3,
    num_leaves=8,
    min_data_in_leaf=200,
    lambda_l2=5,
    monotone_constraints_method="advanced",
    seed=1,
    deterministic=True,
    num_threads=1,
    verbose=-1,
    max_bin=127,
)


def fit_main(head, measures, w):
    return lgb.train(
        dict(
            COMMON,
            learning_rate=0.08,
            min_sum_hessian_in_leaf=7.5,
            feature_fraction=0.5,
            feature_fraction_bynode=0.6,
            bagging_fraction=0.7,
            bagging_freq=1,
            monotone_constraints=[MONOTONE[n] for n in MAIN],
        ),
        lgb.Dataset(measures[:, : len(MAIN)], head[:, 2], weight=w),
        MAIN_TREES,
    )


def fit_frame(head, measures, w, base):
    x = np.zeros_like(measures)
    for name in FRAME + BESIDE:
        x[:, NAMES.index(name)] = measures[:, NAMES.index(name)]
    return lgb.train(
        dict(
            COMMON,
            learning_rate=0.1,
            min_sum_hessian_in_leaf=10,
            boost_from_average=False,
            monotone_constraints=[MONOTONE[n] if n in FRAME else 0 for n in NAMES],
        ),
        lgb.Dataset(x, head[:, 2], weight=w, init_score=base),
        FRAME_TREES,
    )


def lines(model):
    """Complete trees: `tree`, measure and threshold of seven inner nodes, eight leaves."""

    def walk(node, depth, k, tree):
        features, thresholds, leaves = tree
        if depth == 3:
            leaves[k - 7] = node["leaf_value"]
            return
        left = right = node
        if "leaf_value" not in node:
            features[k], thresholds[k] = node["split_feature"], node["threshold"]
            left, right = node["left_child"], node["right_child"]
        walk(left, depth + 1, 2 * k + 1, tree)
        walk(right, depth + 1, 2 * k + 2, tree)

    for info in model.dump_model()["tree_info"]:
        tree = [0] * 7, [0.0] * 7, [0.0] * 8
        walk(info["tree_structure"], 0, 0, tree)
        nodes = " ".join(f"{f} {np.float32(t):.9g}" for f, t in zip(*tree[:2]))
        yield f"tree {nodes} " + " ".join(f"{leaf:.6f}" for leaf in tree[2])


def scores(trees, measures):
    total = np.zeros(len(measures))
    row = np.arange(len(measures))
    for words in (tree.split()[1:] for tree in trees):
        features = np.array([int(words[2 * i]) for i in range(7)])
        thresholds = np.array([float(words[2 * i + 1]) for i in range(7)], np.float32)
        leaves = np.array([float(x) for x in words[14:]])
        k = np.zeros(len(measures), int)
        for _ in range(3):
            k = 2 * k + np.where(measures[row, features[k]] <= thresholds[k], 1, 2)
        total += leaves[k - 7]
    return total


if __name__ == "__main__":
    head, measures = data()
    w = weights(head, measures)
    old = head[:, 0] < COUNT
    print(f"{old.sum()} pairs of the sets, {(~old).sum()} generated")
    main = list(lines(fit_main(head[old], measures[old], w[old])))
    frame = list(lines(fit_frame(head, measures, w, scores(main, measures))))
    with open("model.txt", "w") as f:
        f.write("\n".join(["bias 0"] + main + frame) + "\n")
