#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""Shows how long arrivals wait while documents expire, against how long they wait otherwise.

A daemon whose horizon is full gets files renamed into its drop directory at a steady rate while
documents expire again and again. For each file the time from the rename to the line in the log is
taken. Printed for each `expired` record: the longest of these times, and the longest time in which
no record came, from ten seconds before it (the successor of the collection is made then) to ten
seconds after it (rows are deleted then); and in the end both for all other times of the run.
"""

import argparse
import json
import multiprocessing
import os
import pathlib
import shutil
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Live"))

import documents  # noqa: E402
from daemon import Daemon, LogReader  # noqa: E402

NEAR = 10_000_000_000


def rename(files, target, rate, answer):
    moments = {}
    began = time.monotonic_ns()
    for number, file in enumerate(files):
        ahead = began + number * 1e9 / rate - time.monotonic_ns()
        if ahead > 0:
            time.sleep(ahead / 1e9)
        name = f"s{number:07d}.txt"
        moments[name] = time.monotonic_ns()
        os.rename(file, os.path.join(target, name))
    answer.send(moments)


def lines(reader):
    """Moment and record of each line."""
    rest = b""
    for moment, chunk in reader.chunks:
        *found, rest = (rest + chunk).split(b"\n")
        for line in found:
            yield moment, json.loads(line)


def share(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def report(name, delays, gaps):
    print(f"{name:<28} {len(delays):7}  {share(delays, .5):6.2f}  {share(delays, .99):6.2f}"
          f"  {max(delays):7.2f}  {max(gaps, default=0):7.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--documents", type=int, default=50_000, help="that are kept")
    parser.add_argument("--rate", type=int, default=200, help="renames a second")
    parser.add_argument("--seconds", type=int, default=270)
    documents.add_options(parser)
    arguments = parser.parse_args()
    os.environ["NEARDUPD_RETENTION_DOCUMENTS"] = str(arguments.documents)
    with tempfile.TemporaryDirectory() as directory:
        place = pathlib.Path(directory)
        for name, count, seed in (
                ("first", arguments.documents, 1),
                ("then", arguments.rate * arguments.seconds, 2)):
            documents.wait_for(documents.begin_making(arguments, place / name, count, seed))
        files = sorted(str(file) for file in (place / "then").rglob("*") if file.is_file())
        daemon = Daemon(arguments.binary, str(place / "daemon"))
        os.makedirs(daemon.drop, exist_ok=True)
        daemon.start()
        try:
            reader = LogReader(daemon.log)
            os.rename(place / "first", os.path.join(daemon.drop, "first"))
            while reader.lines < arguments.documents:
                reader.read(1)
            shutil.rmtree(os.path.join(daemon.drop, "first"))
            time.sleep(10)
            reader.close()
            measure(arguments, daemon, files)
        finally:
            daemon.kill()


def measure(arguments, daemon, files):
    reader = LogReader(daemon.log)
    here, there = multiprocessing.Pipe()
    producer = multiprocessing.Process(
        target=rename, args=(files, daemon.drop, arguments.rate, there))
    producer.start()
    moments, last = None, time.monotonic()
    while moments is None or time.monotonic() - last < 5:
        if reader.read(0.5):
            last = time.monotonic()
        if moments is None and here.poll():
            moments = here.recv()
    producer.join()
    records = list(lines(reader))
    reader.close()
    sweeps = [moment for moment, record in records if record["event"] == "expired"]
    came = [(moment, record["path"]) for moment, record in records
            if record["event"] == "assigned" and record["path"] in moments]
    if len(came) != len(files):
        sys.exit(f"{len(came)} records for {len(files)} files")
    near = [([], []) for _ in sweeps]
    far = ([], [])
    before = None
    for moment, path in came:
        found = far
        for sweep, values in zip(sweeps, near):
            if -NEAR <= moment - sweep <= NEAR:
                found = values
        found[0].append((moment - moments[path]) / 1e6)
        if before is not None:
            found[1].append((moment - before) / 1e6)
        before = moment
    print("                             records     p50     p99  longest  longest without a record, ms")
    for number, values in enumerate(near, 1):
        report(f"around expiry {number}", *values)
    report("at all other times", *far)


if __name__ == "__main__":
    main()
