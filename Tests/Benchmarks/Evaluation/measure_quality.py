#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""measure_quality.py --daemon FILE --sets DIR --config FILE --scratch DIR PART...

Runs the daemon on the labelled sets of DIR and prints what its log is worth, each row beside what
is wanted of it (wanted.py). `scripts/evaluate --help` says what the parts are.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys

parser = argparse.ArgumentParser(
    description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("parts", nargs="+", metavar="PART")
parser.add_argument("--daemon", required=True)
parser.add_argument("--sets", required=True)
parser.add_argument("--config", required=True)
parser.add_argument("--scratch", required=True)
parser.add_argument("--seeds", default="1 2 3")
parser.add_argument("--keep")
parser.add_argument("--others")
parser.add_argument("--check", action="store_true")
options = parser.parse_args()

sys.dont_write_bytecode = True
sys.path.insert(0, options.sets)
from labelled_sets import Runs, Sets, all_orders, in_byte_order, interleaved, of_set, shuffled
from quality_report import Report
from run_sets import Labelled, b3_ignoring
from score import evaluate
from score_log import final_partition
from score_pairs import read_pairs, score
from wanted import WANTED

THRESHOLDS = (".3", ".4", ".5", ".6", ".7", ".8", ".9", ".95")

seeds = options.seeds.split()
sets = Sets(pathlib.Path(options.sets) / "sets")
runs = Runs(options.daemon, options.config, options.scratch, options.keep)
report = Report()


def share(part: list[int]) -> float:
    return part[0] / part[1]


def of_all_bands(same: dict[str, list[int]]) -> list[int]:
    """Joined, of all."""
    return [sum(part[i] for part in same.values()) for i in (0, 1)]


def tabulate(title: str, scores: dict[str, list[dict]]):
    """B-cubed F1 of each set with each seed, and more of their means."""
    print(f"{title + ' B3 F1':16}" + "".join(f"  seed {seed:>4}" for seed in seeds)
          + "      mean  precision  recall  false pairs  unassigned")
    for name, runs_of_set in scores.items():
        def mean(key):
            return sum(score[key] for score in runs_of_set) / len(runs_of_set)
        print(f"{name:16}" + "".join(f"  {score['b3_f1']:9.4f}" for score in runs_of_set)
              + f"  {mean('b3_f1'):8.4f}  {mean('pair_p'):9.3f}  {mean('pair_r'):6.3f}"
              + f"  {mean('false_pairs'):11.1f}  {mean('missing'):10.1f}", flush=True)


def measure_clusters():
    """The old mix, and the acceptance documents in each order in which they can arrive."""
    if not sets.old:
        return
    scores = {labelled.name: [] for labelled in sets.old}
    for seed in seeds:
        partition = runs.clusters(f"clusters-{seed}", shuffled(sets.old, seed))
        for labelled in sets.old:
            scores[labelled.name].append(
                evaluate(labelled.truth, of_set(partition, labelled), labelled.ignore))
    tabulate("clusters", scores)
    means = [sum(s[n]["b3_f1"] for s in scores.values()) / len(scores) for n in range(len(seeds))]
    report.add("mean of the old mix", list(zip(seeds, means)), is_mean=True)
    for labelled in sets.old:
        if labelled.kind == "same_event":
            report.add(
                "false pairs",
                [(s, x["false_pairs"]) for s, x in zip(seeds, scores[labelled.name])], labelled)
        if labelled.kind == "seeds" and len(labelled.documents) == 5:
            measure_orders_of(labelled)


def measure_orders_of(labelled):
    right = one_story = 0
    for number, arrivals in all_orders(labelled):
        log = runs.log(f"{labelled.name}-{number}", arrivals)
        clusters = of_set(final_partition(str(log)), labelled)
        stories = of_set(final_partition(str(log), True), labelled)
        right += evaluate(labelled.truth, clusters)["b3_f1"] == 1
        one_story += len(stories) == 5 and len(set(stories.values())) == 1
    report.add("seeds: right of 120 orders", [("", right)])
    report.add("seeds: one story of 120 orders", [("", one_story)])


def measure_stories():
    """Stories in the old mix with the sets of stories among it, and of the hard sets."""
    scores = {labelled.name: [] for labelled in sets.story}
    largest = []
    for seed in seeds if sets.story else []:
        log = runs.log(f"stories-{seed}", shuffled(sets.old + sets.story, seed))
        partition = final_partition(str(log), True)
        for labelled in sets.story:
            scores[labelled.name].append(evaluate(labelled.truth, of_set(partition, labelled)))
        sizes = collections.Counter(partition.values())
        largest.append((seed, max(sizes.values(), default=0) / max(1, len(partition))))
    if sets.story:
        tabulate("stories", scores)
    for labelled in sets.story:
        report.add("story B3", [(s, x["b3_f1"]) for s, x in zip(seeds, scores[labelled.name])],
                   labelled, is_mean=True)
    report.add("share of the largest story", largest)
    if sets.hard:
        stories = final_partition(str(runs.log("hard", interleaved(sets.hard))), True)
    for labelled in sets.hard:
        # Labels and pairs to leave out as run_sets.py has them.
        events = Labelled(str(labelled.folder))
        scored = evaluate(events.story, of_set(stories, labelled), events.ignore)
        report.add("story pair precision", [("", scored["pair_p"])], labelled)


def measure_hard():
    """All hard sets in one stream, each in the order of its names."""
    if not sets.hard:
        return
    partition = runs.clusters("hard", interleaved(sets.hard))
    means = {}
    for labelled in sets.hard:
        clusters = of_set(partition, labelled)
        means[labelled] = b3_ignoring(labelled.truth, clusters, labelled.ignore)
        scored = evaluate(labelled.truth, clusters, labelled.ignore)
        report.add("B3i", [("", means[labelled])], labelled)
        report.add("pair precision", [("", scored["pair_p"])], labelled)
        report.add("pair recall", [("", scored["pair_r"])], labelled)
        report.add("unassigned", [("", scored["missing"])], labelled)
    figures = [(labelled.kind, mean) for labelled, mean in means.items()]
    report.add("mean B3i of the hard sets", figures, is_mean=True)
    report.add("mean B3i without formats", [f for f in figures if f[0] != "formats"], is_mean=True)


def measure_real():
    """Each real set alone in byte order, and all in one stream with each seed."""
    streams = [(seed, f"real-{seed}", shuffled(sets.real, seed)) for seed in seeds]
    for labelled in sets.real:
        scores = []
        alone = ("alone", f"alone-{labelled.name}", in_byte_order(labelled))
        for run, name, arrivals in [alone, *streams]:
            scores.append((run, score(runs.clusters(name, arrivals), str(labelled.folder))))

        add_pairs(labelled, scores)


def add_pairs(labelled, scores: list[tuple[str, dict]], rule: str = ""):
    """Rows of what score_pairs.py counts of a real set, of each run."""
    def add(measure, of_score):
        """`of_score` gives what was counted, of how many."""
        counted = [(run, of_score(s)) for run, s in scores]
        report.add(rule + measure, [(run, share(c)) for run, c in counted if c[1]], labelled)

    add("same", lambda s: of_all_bands(s["same"]))
    for band in scores[0][1]["same"]:
        add(f"same {band}", lambda s: s["same"][band])
    add("forms J>=.9", lambda s: s["forms_J9"])
    add("joined pairs different", lambda s: [s["different_joined"], s["joined_pairs"]])
    add("members unsupported", lambda s: [s["unsupported"], s["members"]])
    add("boilerplate joined", lambda s: s["boilerplate"])


def measure_order():
    """How alike the partitions are that byte order and random orders make of one set."""
    for labelled in sets.real:
        if f"order, pair F1 {labelled.kind}" not in WANTED:
            continue
        ordered = of_set(
            runs.clusters(f"alone-{labelled.name}", in_byte_order(labelled)), labelled)
        figures = []
        for seed in seeds:
            random = runs.clusters(f"order-{labelled.name}-{seed}", shuffled([labelled], seed))
            figures.append((seed, evaluate(ordered, of_set(random, labelled))["pair_f1"]))
        report.add("order, pair F1", figures, labelled)


def measure_threshold():
    """What a strict threshold leaves of the nearest pairs."""
    for labelled in sets.real:
        # The environment counts before the configuration file.
        partition = of_set(
            runs.clusters(f"threshold-{labelled.name}", in_byte_order(labelled),
                          NEARDUPD_DETECTION_THRESHOLD="0.9"), labelled)
        pairs = [p for p in read_pairs(str(labelled.folder)) if p[3] >= .9]
        for name, label in (("same", "same"), ("forms", "template")):
            kept = [partition.get(a, a) == partition.get(b, b)
                    for a, b, kind, *_ in pairs if kind == label]
            if kept:
                report.add(f"threshold .9, {name} J>=.9", [("", sum(kept) / len(kept))], labelled)


def measure_thresholds():
    """What each threshold leaves of what belongs together, and lets in of what does not."""
    for labelled in sets.real:
        scores = []
        for threshold in THRESHOLDS:
            # The environment counts before the configuration file.
            partition = runs.clusters(
                f"threshold-{labelled.name}-{threshold}", in_byte_order(labelled),
                NEARDUPD_DETECTION_THRESHOLD=threshold)
            scores.append((threshold, score(partition, str(labelled.folder))))
        add_pairs(labelled, scores, "by threshold, ")


def measure_peers():
    """The same pairs by rules that other programs have, each set alone."""
    from known_rules import partitions

    for labelled in sets.real:
        scores = [(rule, score(partition, str(labelled.folder)))
                  for rule, partition in partitions(labelled).items()]
        add_pairs(labelled, scores, "by rule, ")


def measure_among():
    """Near pairs with the documents of --others, JSON Lines, in the middle of the stream."""
    if not options.others:
        sys.exit("evaluate: --among wants the other documents, as JSON Lines: --others FILE")
    for seed in seeds[:1]:
        partition = runs.clusters(
            f"among-{seed}", shuffled(sets.real, seed), others=pathlib.Path(options.others))
        for labelled in sets.real:
            add_pairs(labelled, [("", score(partition, str(labelled.folder)))], "among others, ")


def measure_growth():
    """What is joined in a tenth of a set and lost with the rest around it (growth.py)."""
    for labelled in sets.real:
        if f"growth, lost {labelled.kind}" not in WANTED:
            continue
        lost = []
        for watched in ("last", "mixed", "first"):
            ran = subprocess.run(
                [sys.executable, f"{options.sets}/growth.py", labelled.folder, "--daemon",
                 options.daemon, "--config", options.config, "--watched", watched, "--json"],
                stdout=subprocess.PIPE, text=True)
            if ran.returncode != 0:
                sys.exit(f"evaluate: growth.py ended with {ran.returncode}")
            parts = json.loads(ran.stdout)
            lost.append((watched, max(part["lost"] for part in parts)))
            for name, of_part in (
                    ("same", lambda part: of_all_bands(part["same"])),
                    ("forms J>=.9", lambda part: part["forms_J9"])):
                kept = [of_part(part) for part in parts]
                report.add(f"growth, {name} of {kept[0][1]}, {watched},",
                           [(str(part["documents"]), k[0]) for part, k in zip(parts, kept)],
                           labelled)
        report.add("growth, lost", lost, labelled)


MEASURES = {
    "clusters": measure_clusters, "story": measure_stories, "hard": measure_hard,
    "real": measure_real, "order": measure_order, "threshold": measure_threshold,
    "growth": measure_growth, "thresholds": measure_thresholds, "peers": measure_peers,
    "among": measure_among,
}

for part in options.parts:
    MEASURES[part]()
report.show()
sys.exit(1 if options.check and report.failures else 0)
