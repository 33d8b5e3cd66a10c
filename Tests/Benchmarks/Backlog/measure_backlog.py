#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""measure_backlog.py BINARY CORPUS SCRATCH RUNS WORKERS

Runs "neardupd --once" on the files of CORPUS, in turn with and without stories, and prints medians.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time

binary, corpus, scratch, runs, workers = sys.argv[1:]
# A variable of this script, which the daemon would warn of.
environment = {name: value for name, value in os.environ.items() if name != "NEARDUPD_BINARY"}


def size_of(directory):
    return sum(
        os.path.getsize(os.path.join(folder, name))
        for folder, _, names in os.walk(directory) for name in names)


def peak_of(process):
    """Bytes of VmHWM, read until the process is gone."""
    peak = 0
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status") as status:
                for line in status:
                    if line.startswith("VmHWM:"):
                        peak = max(peak, int(line.split()[1]) * 1024)
        except (FileNotFoundError, ProcessLookupError):
            break
        time.sleep(0.002)
    return peak


def run(drop, number, stories=True):
    place = os.path.join(scratch, f"run-{number}")
    shutil.rmtree(place, ignore_errors=True)
    os.makedirs(place)
    log = os.path.join(place, "clusters.jsonl")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    before = used.ru_utime + used.ru_stime
    began = time.monotonic()
    process = subprocess.Popen(
        [binary, "--once", "--config", os.path.join(scratch, "empty.toml"),
         "--drop-directory", drop,
         "--state-directory", os.path.join(place, "state"), "--cluster-log", log],
        env={**environment, "NEARDUPD_PIPELINE_WORKERS": workers,
             "NEARDUPD_STORIES_ENABLED": str(stories).lower()})
    peak = peak_of(process)
    if process.wait() != 0:
        sys.exit(f"bench: neardupd ended with {process.returncode}")
    seconds = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = used.ru_utime + used.ru_stime - before
    with open(log, "rb") as lines:
        recorded = sum(1 for line in lines if json.loads(line)["event"] == "assigned")
    state = size_of(os.path.join(place, "state"))
    shutil.rmtree(place)
    return seconds, peak, state, recorded, processor


def main():
    # Neither the machine's own configuration nor anything else but the defaults is in force.
    open(os.path.join(scratch, "empty.toml"), "w").close()
    empty = os.path.join(scratch, "empty")
    os.makedirs(empty, exist_ok=True)
    idle = statistics.median(run(empty, n)[1] for n in range(int(runs)))
    megabytes = size_of(corpus) / 1e6
    measured, without = [], []
    for n in range(int(runs)):
        # In turn, so that what else the machine does falls on both.
        measured.append(run(corpus, n))
        without.append(run(corpus, n, stories=False))
    documents = measured[0][3]
    if documents == 0:
        sys.exit("bench: no document was assigned")
    seconds, peak, state = (
        statistics.median(m[i] for m in measured) for i in range(3))
    print(f"documents            {documents} ({megabytes:.1f} MB), median of {runs} runs")
    print(f"documents/s          {documents / seconds:.0f}   (goal: 5000)")
    print(f"MB/s                 {megabytes / seconds:.1f}")
    costs = statistics.median(m[4] for m in measured), statistics.median(m[4] for m in without)
    print(f"stories              {costs[0] / costs[1]:.2f} times the processor time of none"
          f" ({costs[0] / documents * 1e6:.0f} us/document to {costs[1] / documents * 1e6:.0f}),"
          f" {seconds / statistics.median(m[0] for m in without):.2f} times the time")
    resident = max(0, peak - idle) / documents
    print(f"resident/document    {resident:.0f} bytes   (goal: under 2000;"
          f" peak {peak / 1e6:.1f} MB,"
          f" with nothing to do {idle / 1e6:.1f} MB)")
    print(f"state/document       {state / documents:.0f} bytes")


main()
