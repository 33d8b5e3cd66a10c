#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""Shows whether what one daemon takes stays flat through many windows of its horizon.

One process decides one window of new texts after the other, each as many documents as
`retention.documents` allows. Its files come into the drop directory together and are taken away
when all are recorded; then the log is rotated. Printed after each window: resident memory then and
the most until then, the state on disk, microseconds of processor time for a document (all tasks,
scans and deletions included), the seconds that a start on a copy of state and log takes, and how
often documents have expired.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Live"))

import documents  # noqa: E402
from daemon import Daemon  # noqa: E402


def make(arguments, place, window):
    """Begins to make the texts of a window."""
    target = place / f"window-{window}"
    return target, documents.begin_making(arguments, target, arguments.documents, window)


def processor_seconds(process):
    with open(f"/proc/{process.pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def size(directory):
    return sum(file.stat().st_size for file in pathlib.Path(directory).iterdir())


class Lines:
    """Counts the records of a log that is still being written."""

    def __init__(self, path):
        self.log = open(path, "rb")
        self.rest, self.decided, self.expired = b"", 0, 0

    def read(self):
        while chunk := self.log.read(1 << 20):
            *lines, self.rest = (self.rest + chunk).split(b"\n")
            for line in lines:
                head = line[:160]
                if b'"event":"assigned"' in head or b'"event":"skipped"' in head:
                    self.decided += 1
                elif b'"event":"expired"' in head:
                    self.expired += 1


def wait_until_still(daemon, seconds=3):
    """Waits until the process has had next to nothing to do for some seconds."""
    while True:
        before = processor_seconds(daemon.process)
        time.sleep(seconds)
        if processor_seconds(daemon.process) - before < 0.02 * seconds:
            return


def start_on_copy(arguments, daemon, place):
    copy = place / "copy"
    copy.mkdir()
    shutil.copytree(
        pathlib.Path(daemon.place) / "state", copy / "state",
        ignore=shutil.ignore_patterns("*.sock"))
    shutil.copy(daemon.log, copy / "clusters.jsonl")
    other = Daemon(arguments.binary, str(copy))
    seconds = other.start()
    other.stop()
    shutil.rmtree(copy)
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--documents", type=int, default=50_000, help="in a window")
    parser.add_argument("--windows", type=int, default=20)
    documents.add_options(parser)
    arguments = parser.parse_args()
    os.environ["NEARDUPD_RETENTION_DOCUMENTS"] = str(arguments.documents)
    with tempfile.TemporaryDirectory() as directory:
        place = pathlib.Path(directory)
        daemon = Daemon(arguments.binary, str(place / "daemon"))
        daemon.start()
        try:
            measure(arguments, place, daemon)
        finally:
            daemon.kill()


def measure(arguments, place, daemon):
    print("window  resident MB  most MB  state MB  us/document  start s  expired", flush=True)
    expired = 0
    texts, making = make(arguments, place, 1)
    for window in range(1, arguments.windows + 1):
        documents.wait_for(making)
        inside = pathlib.Path(daemon.drop) / texts.name
        os.rename(texts, inside)
        used = processor_seconds(daemon.process)
        if window < arguments.windows:
            texts, making = make(arguments, place, window + 1)
        lines = Lines(daemon.log)
        while lines.decided < arguments.documents:
            if daemon.process.poll() is not None:
                daemon.fail(f"it ended with {daemon.process.returncode}")
            time.sleep(0.2)
            lines.read()
        shutil.rmtree(inside)
        subprocess.run(
            [str(pathlib.Path(arguments.binary).parent / "neardup"), "rescan", "--state-directory",
             str(pathlib.Path(daemon.place) / "state")], check=True, stdout=subprocess.DEVNULL)
        wait_until_still(daemon)
        used = processor_seconds(daemon.process) - used
        lines.read()
        expired += lines.expired
        resident = daemon.resident()
        most = daemon.field(f"/proc/{daemon.process.pid}/status", "VmHWM:") * 1024
        state = size(pathlib.Path(daemon.place) / "state")
        start = start_on_copy(arguments, daemon, place)
        print(
            f"{window:6}  {resident / 1e6:11.1f}  {most / 1e6:7.1f}  {state / 1e6:8.1f}"
            f"  {used / arguments.documents * 1e6:11.0f}  {start:7.2f}  {expired:7}", flush=True)
        os.rename(daemon.log, f"{daemon.log}.{window}")
        daemon.process.send_signal(1)
        while not os.path.exists(daemon.log):
            time.sleep(0.05)
        os.unlink(f"{daemon.log}.{window}")


if __name__ == "__main__":
    main()
