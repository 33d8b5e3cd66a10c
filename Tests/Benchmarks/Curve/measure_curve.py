#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""measure_curve.py ENGINE CORE RUNS DOCUMENTS FOLDER...

What a document costs as the collection grows: RUNS runs of EngineBenchmark to a tenth of DOCUMENTS
(100,000 at most) and one to DOCUMENTS, recombined from the texts in the folders.
"""

import json
import subprocess
import sys
from statistics import median

engine, core, runs, documents, *folders = sys.argv[1:]
Checkpoints = dict[int, list[dict[str, float]]]
# Column, key, digits.
COLUMNS = [
    ("us/document", "us_per_document", 1), ("fingerprint", "us_fingerprint", 1),
    ("preparing", "us_preparing", 1), ("deciding", "us_deciding", 1), ("stories", "us_stories", 1),
    ("resident B", "resident_per_document", 0), ("index B", "index_per_document", 0),
    ("stories B", "stories_per_document", 0), ("tokens us", "us_reading_tokens", 1),
]


def run(count: int, checkpoints: Checkpoints) -> None:
    command = ["taskset", "-c", core, engine, "--checkpoints", "--no-restoring",
               "--documents", str(count), "--recombine", *folders]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            figures = json.loads(line)
            checkpoints.setdefault(int(figures["documents"]), []).append(figures)
            # A long run shows how far it is.
            print(line, end="", file=sys.stderr)
    if process.returncode != 0:
        sys.exit(f"bench: EngineBenchmark ended with {process.returncode}")


def main() -> None:
    checkpoints: Checkpoints = {}
    for _ in range(int(runs)):
        run(min(100_000, max(1000, int(documents) // 10)), checkpoints)
    run(int(documents), checkpoints)
    base = 10_000 if 10_000 in checkpoints else min(checkpoints)
    cost = median(figures["us_per_document"] for figures in checkpoints[base])
    print("processor time of the last tenth before, one core; bytes/document of all so far;"
          " reading tokens apart")
    print(f"{'documents':>11}{f'to {base:,}':>13}{'spread':>16}{'runs':>6}"
          + "".join(f"{name:>13}" for name, _, _ in COLUMNS))
    for count, found in sorted(checkpoints.items()):
        costs = [figures["us_per_document"] for figures in found]
        spread = f"{min(costs):.1f}–{max(costs):.1f}"
        cells = (
            f"{median(figures[key] for figures in found):13,.{digits}f}"
            for _, key, digits in COLUMNS)
        print(f"{count:11,}{median(costs) / cost:13.2f}{spread:>16}{len(found):6}"
              + "".join(cells))


main()
