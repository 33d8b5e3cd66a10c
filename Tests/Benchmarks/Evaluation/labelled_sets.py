# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""The labelled sets of a folder by kind, and the daemon's runs on their documents.

The scorers beside the sets (score.py, score_log.py, score_pairs.py, run_sets.py) are to be in
Python's path.
"""

import itertools
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time

from score import read_tsv
from score_log import final_partition

# Mixed into one stream since there are evaluations, and scored by score_log.py.
OLD = ("seeds", "webnews", "synth", "pan13", "short_answers", "mccormick", "same_event")
HARD = ("frames", "containers", "short_events", "templates", "scripts", "formats", "takes")
REAL = ("reuters", "blogs", "debian", "dmca")


def kind_of(name: str) -> str:
    """What a set is an example of: its name without what tells such sets apart ("_dev")."""
    return name if name in OLD else name.rsplit("_", 1)[0]


class LabelledSet:
    """A folder with docs/ and labels.tsv."""

    def __init__(self, folder: pathlib.Path):
        self.folder, self.name = folder, folder.name
        self.columns, rows = read_tsv(folder / "labels.tsv")
        self.documents = [row[0] for row in rows]
        self.truth = {row[0]: row[1] for row in rows}
        self.kind = kind_of(self.name)
        ignored = folder / "ignore.tsv"
        self.ignore = [tuple(r[:2]) for r in read_tsv(ignored)[1]] if ignored.exists() else []


class Sets:
    """All sets of a folder, each in one of four lists by what it is."""

    def __init__(self, folder: pathlib.Path):
        self.old, self.story, self.hard, self.real = [], [], [], []
        for path in sorted(folder.iterdir()):
            if not (path / "labels.tsv").is_file():
                continue
            labelled = LabelledSet(path)
            # Labels for pairs: of what was collected and not made, likeness is not transitive.
            if (path / "pairs.tsv").is_file():
                self.real.append(labelled)
            elif labelled.kind in OLD:
                self.old.append(labelled)
            elif labelled.kind == "story":
                self.story.append(labelled)
            elif {"kind", "tags"} <= set(labelled.columns or ()):
                self.hard.append(labelled)
            else:
                print(f"evaluate: {path.name} is of no known kind and left out", file=sys.stderr)
        there = {s.kind for s in self.old + self.story + self.hard + self.real}
        for kind in (*OLD, *HARD, *REAL, "story"):
            if kind not in there:
                print(f"evaluate: no set of {kind} is there, its rows are missing",
                      file=sys.stderr)


class Runs:
    """Runs of `neardupd --once`, each stream once however many rows are made of it."""

    def __init__(self, daemon: str, configuration: str, scratch: str, keep: str | None):
        self.daemon, self.configuration, self.keep = daemon, configuration, keep
        self.scratch = pathlib.Path(scratch)
        self.logs: dict[str, pathlib.Path] = {}

    def log(self, name: str, arrivals, others: pathlib.Path | None = None,
            **settings: str) -> pathlib.Path:
        """The cluster log of a stream; `arrivals` gives its (set, document) in their order, and
        the documents of a JSON Lines file `others` arrive when half of these have."""
        if name not in self.logs:
            self.logs[name] = self._run(name, list(arrivals()), others, settings)
        return self.logs[name]

    def clusters(self, name: str, arrivals, **settings) -> dict[str, str]:
        """The final cluster of each file of a stream."""
        return final_partition(str(self.log(name, arrivals, **settings)))

    def _run(self, name: str, arrivals: list, others: pathlib.Path | None,
             settings: dict[str, str]) -> pathlib.Path:
        place = self.scratch / name
        drop = place / "drop"
        drop.mkdir(parents=True)
        for number, (labelled, document) in enumerate(arrivals):
            shutil.copyfile(
                labelled.folder / "docs" / document,
                drop / f"{number:06d}__{labelled.name}__{document}")
        if others:
            # Sorts behind the first half of the arrivals and before the second.
            shutil.copyfile(others, drop / f"{len(arrivals) // 2:06d}__.others.jsonl")
        log, began = place / "clusters.jsonl", time.monotonic()
        ran = subprocess.run(
            [self.daemon, "--config", self.configuration, "--once", "--log-level", "error",
             "--drop-directory", drop, "--state-directory", place / "state",
             "--cluster-log", log],
            env={**os.environ, **settings})
        if ran.returncode != 0:
            sys.exit(f"evaluate: {self.daemon} ended with {ran.returncode} on {name}")
        if len(arrivals) > 100:
            print(f"{name}: {len(arrivals)} documents, {time.monotonic() - began:.0f} s",
                  file=sys.stderr)
        if self.keep and len(arrivals) > 100:
            os.makedirs(self.keep, exist_ok=True)
            shutil.copyfile(log, os.path.join(self.keep, f"{name}.jsonl"))
        # Texts and states of all streams together would be gigabytes.
        shutil.rmtree(drop)
        shutil.rmtree(place / "state")
        return log


def in_byte_order(labelled: LabelledSet):
    """One set alone, in the order of its names."""
    return lambda: [(labelled, d) for d in sorted(labelled.documents, key=os.fsencode)]


def shuffled(sets: list[LabelledSet], seed: str):
    """Sets in one stream in random order, the one that mix_sets.py makes with the seed."""
    def arrivals():
        all_of_them = [(labelled, d) for labelled in sets for d in labelled.documents]
        random.Random(seed).shuffle(all_of_them)
        return all_of_them
    return arrivals


def interleaved(sets: list[LabelledSet]):
    """Sets in one stream, each in the order of its names, as run_sets.py --mix has them."""
    def arrivals():
        places = [((n + .5) / len(s.documents), s.name, d, s)
                  for s in sets for n, d in enumerate(sorted(s.documents))]
        return [(s, d) for *_, d, s in sorted(places, key=lambda place: place[:3])]
    return arrivals


def all_orders(labelled: LabelledSet):
    """Each order of a small set: (number, arrivals)."""
    for number, order in enumerate(itertools.permutations(sorted(labelled.documents))):
        yield number, (lambda order=order: [(labelled, d) for d in order])


def of_set(partition: dict[str, str], labelled: LabelledSet) -> dict[str, str]:
    """The groups of one set's documents by their own names."""
    mine = ((name.split("__", 2), group) for name, group in partition.items())
    return {parts[2]: group for parts, group in mine if parts[1] == labelled.name}
