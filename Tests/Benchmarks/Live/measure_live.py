#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""measure_live.py BINARY FILE PLACE IDLE RATE SECONDS BURST RESTARTS

Measures a daemon that runs: idle, with RATE renames a second for SECONDS, with a burst of BURST
renames, and started again with what these left. FILE has the documents, a zero byte ends each.
"""

import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Iterator

from daemon import Daemon, LogReader

# So long without a new record, and what has none is lost.
PATIENCE = 60


def stage(documents: Iterator[bytes], count: int, folder: str) -> list[str]:
    """Writes the next documents where the daemon does not look."""
    os.makedirs(folder)
    names = []
    for document in documents:
        names.append(f"{os.path.basename(folder)}-{len(names):07d}.txt")
        with open(os.path.join(folder, names[-1]), "wb") as file:
            file.write(document)
        if len(names) == count:
            break
    os.sync()
    return names


def documents_of(path: str) -> Iterator[bytes]:
    rest = b""
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            *documents, rest = (rest + chunk).split(b"\0")
            yield from documents


def rename(names: list[str], folder: str, target: str, rate: float) -> list[int]:
    """Renames at a rate, 0 for as fast as it goes; answers the moments before each, and the end."""
    moments = []
    began = time.monotonic_ns()
    for number, name in enumerate(names):
        if rate > 0:
            ahead = began + number * 1e9 / rate - time.monotonic_ns()
            if ahead > 0:
                time.sleep(ahead / 1e9)
        moments.append(time.monotonic_ns())
        os.rename(os.path.join(folder, name), os.path.join(target, name))
    return moments + [time.monotonic_ns()]


def deliver(
    daemon: Daemon, names: list[str], folder: str, rate: float
) -> tuple[list[int], dict[str, list[int]]]:
    """Renames in a process of its own while this one reads the log."""
    reader = LogReader(daemon.log)
    here, there = multiprocessing.Pipe()
    producer = multiprocessing.Process(
        target=lambda: there.send(rename(names, folder, daemon.drop, rate)))
    producer.start()
    moments: list[int] = []
    last = time.monotonic()
    while reader.lines < len(names):
        if reader.read(1):
            last = time.monotonic()
        elif not moments and here.poll():
            moments = here.recv()
        elif moments and time.monotonic() - last > PATIENCE:
            break
    moments = moments or here.recv()
    producer.join()
    # Revisions are lines too: some records may be still to come.
    while set(names) - set(reader.assigned()) and reader.read(PATIENCE):
        pass
    times = reader.assigned()
    reader.close()
    return moments, times


def complete(names: list[str], times: dict[str, list[int]]) -> str:
    lost = sum(name not in times for name in names)
    twice = sum(len(times.get(name, [])) > 1 for name in names)
    return f"{lost} lost, {twice} recorded twice"


def say(name: str, value: str) -> None:
    print(f"{name:<24}{value}", flush=True)


def measure_idle(daemon: Daemon, seconds: float) -> None:
    # What the start has left to do is done by then.
    time.sleep(min(5, seconds))
    before = daemon.switches()
    time.sleep(seconds)
    awake = {
        name: (count - before.get(name, 0)) * 60 / seconds
        for name, count in daemon.switches().items() if count > before.get(name, 0)}
    threads = ", ".join(f"{name} {count:.1f}" for name, count in awake.items())
    say("idle, wake-ups/minute", f"{sum(awake.values()):.1f}"
        f"   (over {seconds:.0f} s, by threads of a name: {threads or 'none'})")
    say("idle, resident", f"{daemon.resident() / 1e6:.1f} MB   (goal: under 30)")


def measure_latency(daemon: Daemon, names: list[str], folder: str, rate: float) -> None:
    moments, times = deliver(daemon, names, folder, rate)
    delays = sorted(
        (times[name][0] - moment) / 1e6 for name, moment in zip(names, moments) if name in times)
    if not delays:
        sys.exit("bench: no record came")
    at = [delays[min(len(delays) - 1, int(len(delays) * share))] for share in (0.5, 0.99)]
    say("rename to line, p50", f"{at[0]:.2f} ms   (goal: 1)")
    say("rename to line, p99", f"{at[1]:.2f} ms   (goal: 4; greatest {delays[-1]:.2f})")
    seconds = (moments[-1] - moments[0]) / 1e9
    say("", f"{len(names)} renames, {len(names) / seconds:.0f}/s; {complete(names, times)}")


def measure_burst(daemon: Daemon, names: list[str], folder: str) -> None:
    # How fast the same renames are when nobody watches.
    elsewhere = folder + "-unwatched"
    os.makedirs(elsewhere)
    moments = rename(names, folder, elsewhere, 0)
    alone = len(names) / (moments[-1] - moments[0]) * 1e9
    moments, times = deliver(daemon, names, elsewhere, 0)
    producer = len(names) / (moments[-1] - moments[0]) * 1e9
    end = max(moment for found in times.values() for moment in found)
    rate = sum(name in times for name in names) / (end - moments[0]) * 1e9
    say("burst, producer", f"{producer:,.0f} renames/s   (unwatched {alone:,.0f})")
    say("burst, daemon", f"{rate:,.0f} records/s, {rate / producer:.0%} of the producer's"
        f"   (goal: 90 %)")
    say("", f"{len(names)} renames; {complete(names, times)}")
    say("resident after", f"{daemon.resident() / 1e6:.1f} MB")


def measure_restart(daemon: Daemon, documents: int, count: int) -> None:
    starts = []
    for _ in range(count):
        stopping = daemon.stop()
        starts.append(daemon.start())
    say("restart, exec to READY",
        f"{statistics.median(starts):.2f} s ({min(starts):.2f}–{max(starts):.2f})"
        f"   with {documents} documents, files in the cache")
    say("stopping", f"{stopping:.2f} s")


def main() -> None:
    binary, corpus, place = sys.argv[1:4]
    idle, rate, seconds = map(float, sys.argv[4:7])
    burst, restarts = map(int, sys.argv[7:9])
    documents = documents_of(corpus)
    daemon = Daemon(binary, os.path.join(place, "live"))
    try:
        say("empty, exec to READY", f"{daemon.start():.3f} s")
        if idle > 0:
            measure_idle(daemon, idle)
        total = 0
        if rate * seconds > 0:
            folder = os.path.join(place, "steady")
            names = stage(documents, int(rate * seconds), folder)
            measure_latency(daemon, names, folder, rate)
            total += len(names)
        if burst > 0:
            folder = os.path.join(place, "burst")
            names = stage(documents, burst, folder)
            measure_burst(daemon, names, folder)
            total += len(names)
        if restarts > 0:
            measure_restart(daemon, total, restarts)
        daemon.stop()
    finally:
        daemon.kill()


main()
