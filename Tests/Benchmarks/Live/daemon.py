#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""A running daemon to be measured, and its cluster log as it grows."""

import ctypes
import json
import os
import queue
import select
import signal
import socket
import subprocess
import sys
import threading
import time

IN_MODIFY = 0x2
libc = ctypes.CDLL(None, use_errno=True)


class Daemon:
    """A daemon with a place of its own: drop directory, state, log, notification socket."""

    def __init__(self, binary: str, place: str) -> None:
        self.binary, self.place = binary, os.path.abspath(place)
        self.drop = os.path.join(self.place, "drop")
        self.log = os.path.join(self.place, "clusters.jsonl")
        os.makedirs(self.drop, exist_ok=True)
        # Neither the machine's own configuration nor anything else but the defaults is in force.
        open(os.path.join(self.place, "empty.toml"), "w").close()

    def start(self, timeout: float = 120) -> float:
        """Answers the seconds from before exec to READY=1."""
        path = os.path.join(self.place, "notify")
        if os.path.exists(path):
            os.unlink(path)
        notifications = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        notifications.bind(path)
        # A variable of scripts/bench, which the daemon would warn of.
        environment = {n: v for n, v in os.environ.items() if n != "NEARDUPD_BINARY"}
        messages = open(os.path.join(self.place, "messages"), "ab")
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.binary, "--config", os.path.join(self.place, "empty.toml"),
             "--drop-directory", self.drop, "--cluster-log", self.log,
             "--state-directory", os.path.join(self.place, "state")],
            env={**environment, "NOTIFY_SOCKET": path}, stdout=messages, stderr=messages)
        messages.close()
        ready = queue.SimpleQueue()
        # It goes on reading: a daemon that nobody listens to has something to warn of.
        threading.Thread(
            target=self.listen, args=(notifications, ready), daemon=True).start()
        while time.monotonic() - began < timeout:
            try:
                return ready.get(timeout=1) - began
            except queue.Empty:
                if self.process.poll() is not None:
                    break
        self.fail("it did not become ready")

    @staticmethod
    def listen(notifications: socket.socket, ready: queue.SimpleQueue) -> None:
        while True:
            if b"READY=1" in notifications.recv(65536).split(b"\n"):
                ready.put(time.monotonic())

    def stop(self) -> float:
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait() not in (0, -signal.SIGTERM):
            self.fail(f"it ended with {self.process.returncode}")
        return time.monotonic() - began

    def kill(self) -> None:
        if hasattr(self, "process") and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def fail(self, what: str) -> None:
        with open(os.path.join(self.place, "messages"), errors="replace") as messages:
            sys.stderr.write("".join(messages.readlines()[-10:]))
        sys.exit(f"bench: the daemon: {what}")

    def resident(self) -> int:
        return self.field(f"/proc/{self.process.pid}/status", "VmRSS:") * 1024

    def switches(self) -> dict[str, int]:
        """How often its threads have gone to sleep, which is once for each time they woke."""
        found: dict[str, int] = {}
        for task in os.scandir(f"/proc/{self.process.pid}/task"):
            with open(os.path.join(task.path, "comm")) as comm:
                name = comm.read().strip()
            count = self.field(os.path.join(task.path, "status"), "voluntary_ctxt_switches:")
            found[name] = found.get(name, 0) + count
        return found

    @staticmethod
    def field(path: str, name: str) -> int:
        with open(path) as status:
            return next(int(line.split()[1]) for line in status if line.startswith(name))


class LogReader:
    """Reads what is appended to a log, and when; sleeps in between, as a processor is needed."""

    def __init__(self, path: str) -> None:
        self.log = os.open(path, os.O_RDONLY)
        os.lseek(self.log, 0, os.SEEK_END)
        self.events = libc.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        if self.events < 0 or libc.inotify_add_watch(
                self.events, os.fsencode(path), IN_MODIFY) < 0:
            sys.exit(f"bench: {path} is not watched: {os.strerror(ctypes.get_errno())}")
        self.poll = select.poll()
        self.poll.register(self.events, select.POLLIN)
        self.chunks: list[tuple[int, bytes]] = []
        self.lines = 0

    def read(self, timeout: float) -> bool:
        """Whether something came in this many seconds."""
        if not self.poll.poll(timeout * 1000):
            return False
        os.read(self.events, 65536)
        before = self.lines
        while chunk := os.read(self.log, 1 << 20):
            self.chunks.append((time.monotonic_ns(), chunk))
            self.lines += chunk.count(b"\n")
        return self.lines > before

    def assigned(self) -> dict[str, list[int]]:
        """When the records of each name could be read, in nanoseconds."""
        times: dict[str, list[int]] = {}
        rest = b""
        for moment, chunk in self.chunks:
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                record = json.loads(line)
                if record["event"] == "assigned":
                    times.setdefault(record["path"], []).append(moment)
        return times

    def close(self) -> None:
        os.close(self.log)
        os.close(self.events)
