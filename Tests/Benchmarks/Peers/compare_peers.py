#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""compare_peers.py ENGINE PYTHON FILE DOCUMENTS FINGERPRINTED ROUNDS CORE PEER...

Runs EngineBenchmark and each peer on the documents of FILE, in turn and round after round, all on
one core, and prints a table: median, least and greatest, and how many times a peer's figure ours
is, from the rounds in which both ran.
"""

import json
import os
import subprocess
import sys
from statistics import median

here = os.path.dirname(os.path.abspath(__file__))
engine, python, corpus, documents, fingerprinted, rounds, core, *peers = sys.argv[1:]
Figures = dict[str, float]


def output_of(*command: str) -> list[dict]:
    ran = subprocess.run(
        ["taskset", "-c", core, *command], stdout=subprocess.PIPE, text=True,
        # One thread is what is compared.
        env={**os.environ, "RAYON_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})
    if ran.returncode != 0:
        sys.exit(f"bench: {command[0]} ended with {ran.returncode}")
    return [json.loads(line) for line in ran.stdout.splitlines()]


def ours() -> Figures:
    alone, *_, last = output_of(
        engine, "--checkpoints", "--no-restoring", "--documents", documents,
        "--fingerprint-only", fingerprinted, corpus)
    return {
        **alone, **last,
        "mb_per_second": last["bytes"] / last["documents"] * last["documents_per_second"] / 1e6}


def theirs(peer: str) -> Figures:
    return output_of(
        python, os.path.join(here, "measure_peer.py"), peer, corpus, documents, fingerprinted)[0]


def spread(values: list[float], digits: int) -> str:
    return f"{median(values):,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


def table(title: str, key: str, digits: int, results: dict[str, list[Figures]]) -> None:
    print(f"\n{title:<44}{'median (least–greatest)':<34}neardupd is ... times it")
    own = results["neardupd"]
    for name, figures in results.items():
        ratios = [ours[key] / its[key] for ours, its in zip(own, figures) if its[key] > 0]
        ratio = "" if name == "neardupd" or not ratios else spread(ratios, 2)
        version = figures[0].get("version", "")
        values = spread([figure[key] for figure in figures], digits)
        print(f"  {f'{name} {version}':<42}{values:<34}{ratio}")


def main() -> None:
    results: dict[str, list[Figures]] = {"neardupd": []} | {peer: [] for peer in peers}
    for number in range(int(rounds)):
        for name in results:
            print(f"round {number + 1} of {rounds}: {name}", file=sys.stderr)
            results[name].append(ours() if name == "neardupd" else theirs(name))
    first = results["neardupd"][0]
    size = first["bytes"] / first["documents"]
    print(f"corpus: {first['documents']:.0f} documents of {size:.0f} bytes; {rounds} rounds")
    table("fingerprint only, MB/s", "fingerprint_only_mb_per_second", 1, results)
    table("fingerprint + query + insert, documents/s", "documents_per_second", 0, results)
    table("fingerprint + query + insert, MB/s", "mb_per_second", 1, results)
    table("resident bytes/document", "resident_per_document", 0, results)


main()
