#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""measure_shards.py BINARY CORPUS SCRATCH RUNS

The same articles as single files and as one file of many: JSON against JSON Lines, HTML against
WARC. Prints the processor time of a document, less that of a start, in microseconds: "read" where
all are passed over as too short, so that reading is all there is to do; "recorded" where they are
compared and put into clusters too. The least of RUNS rounds, in which all take turns.
"""
import json
import os
import resource
import shutil
import subprocess
import sys

FEW_WORDS = "[detection]\nminimum-words = 100000\n"


def texts(corpus):
    for folder, _, names in sorted(os.walk(corpus)):
        for name in sorted(names):
            with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                yield file.read()


def article(number, text):
    return json.dumps({
        "@type": "NewsArticle", "url": f"https://example.org/{number}",
        "headline": f"Headline number {number} of the day",
        "datePublished": "2026-11-20T08:15:00Z", "articleBody": text}, ensure_ascii=False)


def page(number, text):
    body = text.replace("\n\n", "</p><p>")
    return (f"<!doctype html><html><head><title>Headline number {number}</title></head>"
            f"<body><p>{body}</p></body></html>")


def response(number, html):
    content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n"
            f"WARC-Date: 2026-11-20T08:15:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(content)}\r\n\r\n")
    return head.encode() + content + b"\r\n\r\n"


def write(corpus, scratch):
    for kind in ("none", "json", "html", "jsonl", "warc"):
        os.makedirs(f"{scratch}/{kind}")
    count = 0
    with open(f"{scratch}/jsonl/shard.jsonl", "w", encoding="utf-8") as lines, \
            open(f"{scratch}/warc/shard.warc", "wb") as archive:
        for count, text in enumerate(texts(corpus), 1):
            html = page(count, text)
            for kind, content in (("json", article(count, text)), ("html", html)):
                with open(f"{scratch}/{kind}/{count}.{kind}", "w", encoding="utf-8") as file:
                    file.write(content)
            lines.write(article(count, text) + "\n")
            archive.write(response(count, html))
    return count


def processor_seconds(binary, scratch, kind, configuration):
    for name in ("state", "log"):
        shutil.rmtree(f"{scratch}/{name}", ignore_errors=True)
    os.makedirs(f"{scratch}/log")
    # NEARDUPD_BINARY is a variable of the caller, which the daemon would warn of.
    environment = {name: value for name, value in os.environ.items() if name != "NEARDUPD_BINARY"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [binary, "--config", configuration, "--once", "--log-level", "error",
         "--drop-directory", f"{scratch}/{kind}", "--state-directory", f"{scratch}/state",
         "--cluster-log", f"{scratch}/log/clusters.jsonl"], check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main():
    binary, corpus, scratch, runs = sys.argv[1:]
    scratch = os.path.join(scratch, "shards")
    count = write(corpus, scratch)
    few_words = f"{scratch}/few-words.toml"
    with open(few_words, "w", encoding="utf-8") as file:
        file.write(FEW_WORDS)
    kinds = ("none", "json", "jsonl", "html", "warc")
    least = {}
    for _ in range(int(runs)):
        for how, configuration in (("read", few_words), ("recorded", "/dev/null")):
            for kind in kinds:
                time = processor_seconds(binary, scratch, kind, configuration)
                least[how, kind] = min(time, least.get((how, kind), time))
    print(f"{count} articles, us of processor time for each")
    print(f"{'':14}{'read':>8}{'recorded':>10}")
    for single, shard in (("json", "jsonl"), ("html", "warc")):
        cost = {}
        for kind in (single, shard):
            for how in ("read", "recorded"):
                cost[how, kind] = (least[how, kind] - least[how, "none"]) / count * 1e6
            print(f"{kind:14}{cost['read', kind]:8.0f}{cost['recorded', kind]:10.0f}")
        ratios = [cost[how, single] / cost[how, shard] for how in ("read", "recorded")]
        print(f"{'  times':14}{ratios[0]:8.2f}{ratios[1]:10.2f}")


if __name__ == "__main__":
    main()
