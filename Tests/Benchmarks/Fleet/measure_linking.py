#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""measure_linking.py PROGRAMS WORK [--documents 20000] [--entries 10000000] [--rate 200] [--seconds 30]

What linking clusters of several hosts costs, with texts that it makes up:

1. new clusters linked a second, against so many look-up entries of other hosts in the tables;
2. bytes a cluster in the database, indexes included, texts apart;
3. from the arrival of a copy on another host until it is in its fleet cluster, at so many documents a
   second on two hosts.

Needs a PostgreSQL server in /usr/lib/postgresql; root runs it as the user postgres.
"""
import argparse
import os
import random
import shutil
import subprocess
import time

from measure_partition import ONCE, Host, Server

TABLES = ("fleet_members", "fleet_keys", "fleet_clusters")


class News:
    """Articles of words that are rare as names are, with common ones between."""

    COMMON = "the of and to in a that for on was with as by at from it an were which has be this are".split()

    def __init__(self, seed):
        chance = random.Random(seed)
        parts = [a + b for a in "b br c d f g h k l m n p r s st t tr v w".split() for b in "a an ar e el en i in ir o ol on u un ay ost".split()]
        self.words = ["".join(chance.choices(parts, k=chance.randint(2, 3))) for _ in range(30_000)]

    def sentences(self, number, words):
        chance = random.Random(f"article {number}")
        made = []
        while words > 0:
            length = chance.randint(8, 22)
            made.append(" ".join(chance.choice(self.COMMON) if chance.random() < 0.45 else chance.choice(self.words) for _ in range(length)).capitalize() + ".")
            words -= length
        return made

    def article(self, number, words=300):
        return " ".join(self.sentences(number, words)) + "\n"

    def copy(self, number, words=300):
        kept = [s for place, s in enumerate(self.sentences(number, words)) if place % 5]
        return "Home  Region  Weather\n\n" + " ".join(kept) + "\n\nWrite to the editor\n"


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def entries(server, count):
    """Look-up entries of another host that match nothing."""
    texts = count // 17
    server.sql(
        f"""
        INSERT INTO neardup.hosts (name) VALUES ('others');
        INSERT INTO neardup.fleet_members (time, text, host, document, cluster, fleet_cluster, is_held, is_round_up)
        SELECT now(), n, (SELECT host FROM neardup.hosts WHERE name = 'others'), n, n, n, false, false FROM generate_series(1, {texts}) n;
        INSERT INTO neardup.fleet_clusters (since, fleet_cluster, story) SELECT now() - interval '30 days', n, n FROM generate_series(1, {texts}) n;
        INSERT INTO neardup.fleet_keys (key, text) SELECT hashint8extended(n, 99), 1 + n / 17 FROM generate_series(1, {count}) n ORDER BY 1;
        INSERT INTO neardup.fleet (scheme, last_text) VALUES (4, {texts}) ON CONFLICT (one) DO UPDATE SET last_text = {texts};
        ANALYZE neardup.fleet_members, neardup.fleet_clusters, neardup.fleet_keys;
        """)
    return texts


def measure_speed(options, news):
    place = f"{options.work}/speed"
    os.makedirs(f"{place}/drop")
    for number in range(options.documents):
        # Every fourth is a copy of one before, so that candidates are compared as well.
        text = news.copy(number - 3) if number % 4 == 3 else news.article(number)
        write(f"{place}/drop/{number:07d}.txt", text)
    server = Server()
    try:
        for host, part in (("even", 0), ("odd", 1)):
            os.makedirs(f"{place}/{host}/drop")
            for number in range(options.documents):
                if (number % 4 == 3) == bool(part):
                    os.rename(f"{place}/drop/{number:07d}.txt", f"{place}/{host}/drop/{number:07d}.txt")
            places = ["--state-directory", f"{place}/{host}/state", "--cluster-log", f"{place}/{host}/clusters.jsonl"]
            subprocess.run([f"{options.programs}/neardupd", *ONCE, "--drop-directory", f"{place}/{host}/drop", *places], check=True)
        link = [f"{options.programs}/neardup-link"]
        subprocess.run([*link, "migrate", "--database", server.connection()], check=True, stdout=subprocess.DEVNULL)
        before = entries(server, options.entries)
        sizes = {table: int(server.sql(f"SELECT pg_total_relation_size('neardup.{table}')")) for table in TABLES}
        for host in ("even", "odd"):
            first = int(server.sql("SELECT last_text FROM neardup.fleet"))
            places = ["--state-directory", f"{place}/{host}/state", "--cluster-log", f"{place}/{host}/clusters.jsonl"]
            process = subprocess.Popen([*link, "join", *places, "--host", host, "--database", server.connection()], stdout=subprocess.PIPE, text=True)
            begun = None
            while process.poll() is None:
                last = int(server.sql("SELECT last_text FROM neardup.fleet"))
                if last > first and begun is None:
                    begun, start = time.monotonic(), last
                time.sleep(0.1)
            took = time.monotonic() - begun
            last = int(server.sql("SELECT last_text FROM neardup.fleet"))
            print(f"{host}: {last - first} new clusters linked, {(last - start) / took:.0f} a second, against {options.entries + 17 * (first - before)} entries; {process.stdout.read().strip()}", flush=True)
        linked = int(server.sql("SELECT last_text FROM neardup.fleet")) - before
        several = server.sql("SELECT count(*) FROM neardup.fleet_current_clusters WHERE hosts > 1")
        server.sql("VACUUM neardup.fleet_members, neardup.fleet_keys, neardup.fleet_clusters")
        for table in TABLES:
            grown = int(server.sql(f"SELECT pg_total_relation_size('neardup.{table}')")) - sizes[table]
            print(f"  {table}: {grown / linked:.0f} bytes a cluster")
        rows = int(server.sql(f"SELECT count(*) FROM neardup.fleet_keys WHERE text > {before}"))
        whole = sum(int(server.sql(f"SELECT pg_total_relation_size('neardup.{table}')")) - sizes[table] for table in TABLES)
        texts = int(server.sql("SELECT pg_total_relation_size('neardup.fleet_texts')"))
        print(f"  {whole / linked:.0f} bytes a cluster in all, {rows / linked:.1f} entries, texts apart {texts / linked:.0f} bytes; {several} fleet clusters on both hosts", flush=True)
    finally:
        server.stop()


def measure_latency(options, news):
    server = Server()
    hosts = []
    try:
        hosts = [Host(options.programs, f"{options.work}/latency{n}", f"h{n}", server) for n in range(2)]
        count = int(options.rate * options.seconds) // 2
        for number in range(count):
            write(f"{options.work}/latency0/a-{number}.txt", news.article(1_000_000 + number))
            write(f"{options.work}/latency1/b-{number}.txt", news.copy(1_000_000 + number))
        time.sleep(2)
        # Copies come ten seconds behind.
        lag = int(5 * options.rate)
        delivered, seen, last = {}, {}, 0
        begun = time.monotonic()
        steps = [(0, f"a-{n}.txt", 2 * n) for n in range(count)] + [(1, f"b-{n}.txt", 2 * n + 1 + 2 * lag) for n in range(count)]
        steps.sort(key=lambda step: step[2])
        period = 1 / options.rate
        place = 0
        while len(seen) < 2 * count and time.monotonic() - begun < options.seconds * 3 + 60:
            now = time.monotonic()
            while place < len(steps) and begun + place * period <= now:
                host, name, _ = steps[place]
                delivered[name] = time.monotonic()
                hosts[host].deliver(name, f"{options.work}/latency{host}/{name}")
                place += 1
            try:
                rows = server.sql(f"SELECT m.text, d.path FROM neardup.fleet_members m JOIN neardup.documents d USING (host, document) WHERE m.text > {last} ORDER BY m.text")
            except subprocess.CalledProcessError:
                continue
            moment = time.monotonic()
            for row in rows.split("\n") if rows else []:
                text, name = row.split("|")
                last = int(text)
                seen[name] = moment - delivered[name]
            time.sleep(0.02)
        copies = sorted(seen[name] for name in seen if name.startswith("b-"))
        together = server.sql("SELECT count(*) FROM neardup.fleet_current_clusters WHERE hosts = 2")
        print(f"{options.rate:.0f} documents/s: {len(copies)} of {count} copies in a fleet cluster, {together} with both hosts; p50 {1000 * copies[len(copies) // 2]:.0f} ms, p99 {1000 * copies[int(len(copies) * 0.99)]:.0f} ms, longest {1000 * copies[-1]:.0f} ms", flush=True)
    finally:
        for host in hosts:
            host.stop()
        server.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs")
    parser.add_argument("work")
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--entries", type=int, default=10_000_000)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--only", choices=["speed", "latency"])
    options = parser.parse_args()
    shutil.rmtree(options.work, ignore_errors=True)
    os.makedirs(options.work)
    news = News(1)
    if options.only != "latency":
        measure_speed(options, news)
    if options.only != "speed":
        measure_latency(options, news)


if __name__ == "__main__":
    main()
