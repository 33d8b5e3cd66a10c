#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""Shows whether what a daemon takes stays flat once its horizon is full.

Lets `neardupd --once` decide one window of invented news after the other, with as many documents in
each as `retention.documents` allows, and prints after each: the greatest resident memory, the size
of the state, the processor time for a document, the time of a start, and how many `expired` records
there are. The first window is to be compared with none, the second one with all that follow.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]


def once(arguments, place):
    """Runs the daemon once; answers seconds, seconds of processor time, and resident bytes."""
    environment = dict(os.environ, NEARDUPD_RETENTION_DOCUMENTS=str(arguments.documents))
    began = time.monotonic()
    process = subprocess.Popen(
        [arguments.binary, "--config", "/dev/null", "--once", "--drop-directory", place / "drop",
         "--state-directory", place / "state", "--cluster-log", place / "clusters.jsonl",
         "--log-level", "warning"],
        env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"neardupd ended with {process.returncode}")
    elapsed = time.monotonic() - began
    return elapsed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def fill(arguments, place, window):
    shutil.rmtree(place / "drop", ignore_errors=True)
    subprocess.run(
        [ROOT / "scripts/make-corpus", "--documents", str(arguments.documents),
         "--seed", str(window), place / "corpus"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # Each window has names of its own: the same name would be another version of a file.
    os.makedirs(place / "drop")
    os.rename(place / "corpus", place / "drop" / f"w{window}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--documents", type=int, default=50_000, help="in a window")
    parser.add_argument("--windows", type=int, default=20)
    parser.add_argument(
        "--binary", default=os.environ.get(
            "NEARDUPD_BINARY", str(ROOT / ".build/release/neardupd")))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        place = pathlib.Path(directory)
        print("window  resident MB  state MB  us/document  start s  expired")
        for window in range(1, arguments.windows + 1):
            fill(arguments, place, window)
            _, used, resident = once(arguments, place)
            shutil.rmtree(place / "drop")
            os.makedirs(place / "drop")
            start, idle, _ = once(arguments, place)
            state = sum(file.stat().st_size for file in (place / "state").iterdir())
            expired = 0
            with open(place / "clusters.jsonl", "rb") as log:
                expired = sum(b'"event":"expired"' in line for line in log)
            cost = (used - idle) / arguments.documents * 1e6
            print(
                f"{window:6}  {resident / 1e6:11.1f}  {state / 1e6:8.1f}  {cost:11.0f}"
                f"  {start:7.2f}  {expired:7}", flush=True)


if __name__ == "__main__":
    main()
