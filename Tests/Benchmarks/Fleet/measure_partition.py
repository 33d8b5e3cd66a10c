#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""measure_partition.py PROGRAMS WORK SET... [--hosts 3] [--seeds 1 2 3] [--deal random source]

Deals a mix of labelled sets to several hosts, each with a daemon and a link on one PostgreSQL, and
holds the partition of the fleet against that of one daemon that sees everything in the same order.

PROGRAMS has neardupd and neardup-link. A set is a folder with docs/ and labels.tsv (document, cluster).
Printed for each deal and seed: pairwise precision, recall and F1 of the fleet's partition against
the one daemon's; B-cubed F1 of both against the labels, mean over sets; fleet clusters that stand on
several hosts. Needs a PostgreSQL server in /usr/lib/postgresql; root runs it as the user postgres.
"""
import argparse
import collections
import glob
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

ONCE = ["--once", "--log-level", "error"]


class Server:
    """A PostgreSQL of its own on a Unix socket."""

    def __init__(self):
        self.place = tempfile.mkdtemp(prefix="fleet-")
        self.programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        if os.geteuid() == 0:
            shutil.chown(self.place, "postgres")
        self.run("initdb", "-D", f"{self.place}/data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        with open(f"{self.place}/data/postgresql.conf", "a", encoding="utf-8") as settings:
            settings.write(f"listen_addresses = ''\nunix_socket_directories = '{self.place}'\n")
        self.run("pg_ctl", "-D", f"{self.place}/data", "-l", f"{self.place}/log", "-w", "start")
        self.database("neardup")

    def run(self, program, *options):
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run(user + [f"{self.programs}/{program}", *options], check=True, cwd="/", stdout=subprocess.DEVNULL)

    def database(self, name):
        self.sql(f'DROP DATABASE IF EXISTS "{name}"', "postgres")
        self.sql(f'CREATE DATABASE "{name}"', "postgres")

    def sql(self, statement, database="neardup"):
        command = ["psql", "-X", "-qAt", "-v", "ON_ERROR_STOP=1", "-h", self.place, "-U", "postgres", "-d", database]
        return subprocess.run(command + ["-c", statement], check=True, capture_output=True, text=True).stdout.strip()

    def connection(self, database="neardup"):
        return f"host={self.place} dbname={database} user=postgres"

    def stop(self):
        self.run("pg_ctl", "-D", f"{self.place}/data", "-m", "immediate", "stop")
        shutil.rmtree(self.place, ignore_errors=True)


class Host:
    """A daemon with its link."""

    def __init__(self, programs, place, name, server):
        self.place, self.name = place, name
        for folder in ("drop", "incoming"):
            os.makedirs(f"{place}/{folder}")
        places = ["--state-directory", f"{place}/state", "--cluster-log", f"{place}/clusters.jsonl"]
        self.log = open(f"{place}/messages", "wb")
        daemon = [f"{programs}/neardupd", "--drop-directory", f"{place}/drop", *places]
        link = [f"{programs}/neardup-link", *places, "--host", name, "--database", server.connection()]
        self.processes = [subprocess.Popen(command, stderr=self.log) for command in (daemon, link)]
        self.count = 0

    def deliver(self, name, source):
        waiting = f"{self.place}/incoming/{name}"
        shutil.copyfile(source, waiting)
        os.rename(waiting, f"{self.place}/drop/{name}")
        self.count += 1

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait()
        self.log.close()


def read_labels(folder):
    with open(f"{folder}/labels.tsv", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return {row[0]: row[1] for row in rows if row[0] not in ("doc", "document", "#doc") and os.path.exists(f"{folder}/docs/{row[0]}")}


def read_sites(folder):
    """The site that documents are on, where the labels say so."""
    with open(f"{folder}/labels.tsv", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return {row[0]: tag for row in rows for tag in row[-1].split(",") if tag.startswith("site:")}


def mix(sets, seed):
    """The documents of all sets as (name, source, path) in one shuffled order; names sort in it.

    The source is the site where the labels tell it, else the set."""
    documents = []
    for folder in sets:
        group, sites = os.path.basename(folder.rstrip("/")), read_sites(folder)
        documents += [(group, sites.get(name, ""), name, f"{folder}/docs/{name}") for name in sorted(read_labels(folder))]
    random.Random(seed).shuffle(documents)
    return [(f"{number:06d}__{group}__{name}", f"{group} {site}", path) for number, (group, site, name, path) in enumerate(documents)]


def partition_of_one(programs, place, documents):
    os.makedirs(f"{place}/drop")
    for name, _, path in documents:
        shutil.copyfile(path, f"{place}/drop/{name}")
    log = f"{place}/clusters.jsonl"
    subprocess.run([f"{programs}/neardupd", *ONCE, "--drop-directory", f"{place}/drop", "--state-directory", f"{place}/state", "--cluster-log", log], check=True)
    cluster, path, survivor, story, told, decided = {}, {}, {}, {}, {}, 0
    with open(log, encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            event = record["event"]
            decided += event in ("assigned", "skipped")
            if event == "assigned":
                name = record["path"] + ("\0" + record["member"] if "member" in record else "")
                cluster[record["document"]], path[record["document"]] = record["cluster"], name
                story[record["document"]] = record.get("story")
            elif event == "moved":
                cluster[record["document"]] = record["to"]
            elif event == "merged":
                survivor.update({absorbed: record["cluster"] for absorbed in record["absorbed"]})
            elif event == "story-moved":
                story[record["document"]] = record["to"]
            elif event == "story-merged":
                told.update({absorbed: record["story"] for absorbed in record["absorbed"]})

    def settle(group, folds):
        while group in folds:
            group = folds[group]
        return group

    return {path[d]: settle(c, survivor) for d, c in cluster.items()}, {path[d]: settle(s, told) for d, s in story.items()}, decided


def partition_of_fleet(programs, place, documents, deal, hosts, rate, decided):
    server = Server()
    fleet = []
    try:
        fleet = [Host(programs, f"{place}/h{n}", f"h{n}", server) for n in range(hosts)]
        begun = time.monotonic()
        for number, (name, group, path) in enumerate(documents):
            fleet[deal(name, group)].deliver(name, path)
            time.sleep(max(0, begun + number / rate - time.monotonic()))
        delivered = time.monotonic()
        while True:
            try:
                if server.sql("SELECT (SELECT count(DISTINCT (host, seq)) FROM neardup.records WHERE event IN ('assigned', 'skipped')) || ' ' || (SELECT count(*) FROM neardup.fleet_queue)") == f"{decided} 0":
                    break
            except subprocess.CalledProcessError:
                pass
            if time.monotonic() - delivered > 240:
                raise TimeoutError("the fleet did not come to rest")
            time.sleep(0.2)
        rest = time.monotonic() - delivered
        rows = [line.split("|") for line in server.sql("SELECT path || coalesce(chr(1) || member, ''), fleet_cluster, fleet_story FROM neardup.fleet_documents").split("\n")]
        several = server.sql("SELECT count(*) FROM (SELECT 1 FROM neardup.fleet_linked GROUP BY fleet_cluster HAVING count(DISTINCT host) > 1) x")
        return {r[0].replace(chr(1), chr(0)): r[1] for r in rows}, {r[0].replace(chr(1), chr(0)): r[2] for r in rows}, int(several), rest
    finally:
        for host in fleet:
            host.stop()
        server.stop()


def pairs(partition):
    groups = collections.Counter(partition.values())
    return sum(n * (n - 1) // 2 for n in groups.values())


def pairwise(found, wanted):
    both = pairs({d: (found.get(d), wanted[d]) for d in wanted})
    mine, theirs = pairs({d: found.get(d) for d in wanted}), pairs(wanted)
    precision, recall = both / max(mine, 1), both / max(theirs, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def b_cubed(found, truth):
    of_truth, of_found = collections.defaultdict(set), collections.defaultdict(set)
    for document, label in truth.items():
        of_truth[label].add(document)
        of_found[found.get(document, document)].add(document)
    precision = recall = 0.0
    for document, label in truth.items():
        mine, theirs = of_found[found.get(document, document)], of_truth[label]
        precision += len(mine & theirs) / len(mine)
        recall += len(mine & theirs) / len(theirs)
    return 2 * precision * recall / (precision + recall) / len(truth)


def mean_b_cubed(found, sets):
    total = 0.0
    for folder in sets:
        group = os.path.basename(folder.rstrip("/"))
        own = {name.split("__", 2)[2]: c for name, c in found.items() if chr(0) not in name and name.split("__", 2)[1] == group}
        total += b_cubed(own, read_labels(folder)) / len(sets)
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs")
    parser.add_argument("work")
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--hosts", type=int, default=3)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--deal", nargs="+", choices=["random", "source"], default=["random", "source"])
    parser.add_argument("--rate", type=float, default=400, help="documents a second")
    parser.add_argument("--differences", type=int, default=0, help="clusters of one daemon that differ, at most")
    options = parser.parse_args()
    worst = 1.0
    for seed in options.seeds:
        documents = mix(options.sets, seed)
        shutil.rmtree(options.work, ignore_errors=True)
        one, told, decided = partition_of_one(options.programs, f"{options.work}/one", documents)
        single = mean_b_cubed(one, options.sets)
        for kind in options.deal:
            chance = random.Random(seed)
            groups = sorted({group for _, group, _ in documents})
            chance.shuffle(groups)
            deal = (lambda name, group: chance.randrange(options.hosts)) if kind == "random" else (lambda name, group: groups.index(group) % options.hosts)
            shutil.rmtree(f"{options.work}/{kind}", ignore_errors=True)
            fleet, stories, several, rest = partition_of_fleet(options.programs, f"{options.work}/{kind}", documents, deal, options.hosts, options.rate, decided)
            fleet = {d: c or d for d, c in fleet.items()}
            p, r, f = pairwise(fleet, one)
            sp, sr, sf = pairwise(stories, told)
            both = mean_b_cubed(fleet, options.sets)
            worst = min(worst, f)
            print(f"seed {seed} {kind:7} {len(one)} documents, {several} on several hosts: pairs P {p:.4f} R {r:.4f} F1 {f:.4f}, B3 one {single:.4f} fleet {both:.4f} ({both - single:+.4f}), stories P {sp:.3f} R {sr:.3f} F1 {sf:.3f}, at rest {rest:.1f} s after the last", flush=True)
            if options.differences:
                show_differences(fleet, one, options.differences)
    return 0 if worst >= 0.97 else 1


def show_differences(fleet, one, limit):
    groups = collections.defaultdict(lambda: collections.defaultdict(list))
    for document, cluster in one.items():
        groups[cluster][fleet[document]].append(document)
    broken = sorted((g for g in groups.values() if len(g) > 1), key=lambda g: -sum(map(len, g.values())))
    for group in broken[:limit]:
        print("  parted: " + " | ".join(f"{len(m)} {m[0]}" for m in group.values()))
    groups = collections.defaultdict(lambda: collections.defaultdict(list))
    for document, cluster in fleet.items():
        if document in one:
            groups[cluster][one[document]].append(document)
    broken = sorted((g for g in groups.values() if len(g) > 1), key=lambda g: -sum(map(len, g.values())))
    for group in broken[:limit]:
        print("  joined: " + " | ".join(f"{len(m)} {m[0]}" for m in list(group.values())[:6]))


if __name__ == "__main__":
    sys.exit(main())
