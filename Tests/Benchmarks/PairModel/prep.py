#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""prep.py EVAL_SETS_DIR OUT_DIR [--extra] - tokenises the evaluation sets into one binary file for the prototype.

docs.bin: per document uint32 n, then n x (uint32 token hash, uint8 weight, uint8 flags): flags 1 = digit token, 2 = line of >= 8 tokens, bits 4-7 = min(15, tokens of the line / 2).
docs.tsv: set <TAB> doc <TAB> cluster, same order.
"""

import os, sys, struct, unicodedata, random
import regex

APOS = dict.fromkeys(map(ord, "'’‘ʼ`´‛＇ʻ"), None)
APOS.update({0xAD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None})
TOK = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*|(?:(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}])[\p{L}\p{N}\p{M}])+"
)


def normal(s):
    return unicodedata.normalize("NFKC", s.translate(APOS)).casefold().translate(APOS)


def tokens_of(s):
    return TOK.findall(normal(s))


def fnv(t):
    h = 0xCBF29CE484222325
    for b in t.encode("utf-8"):
        h = ((h ^ b) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    h ^= h >> 32
    h = (h * 0xD6E8FEB86659FD93) & 0xFFFFFFFFFFFFFFFF
    h ^= h >> 32
    return h & 0xFFFFFFFF


def decode(b):
    if b[:3] == b"\xef\xbb\xbf":
        return b[3:].decode("utf-8", "replace")
    if b[:2] == b"\xff\xfe":
        return b[2:].decode("utf-16-le", "replace")
    if b[:2] == b"\xfe\xff":
        return b[2:].decode("utf-16-be", "replace")
    try:
        return b.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if len(b) > 3 and b[1::2].count(0) > len(b) // 5:
        return b.decode("utf-16-le", "replace")
    if len(b) > 3 and b[0::2].count(0) > len(b) // 5:
        return b.decode("utf-16-be", "replace")
    return b.decode("cp1252", "replace")


def weight_of(t, table):
    """8 - zipf, in tenths."""
    if any(c.isdigit() for c in t):
        n = len(t)
        if n <= 2:
            return 35
        if n == 4 and t.isdigit() and t[:2] in ("19", "20"):
            return 35
        return 50
    w = table.get(t)
    return 50 if w is None else w


_cache = {}


def encode(text, table):
    out = bytearray()
    n = 0
    for line in text.splitlines():
        ts = tokens_of(line)
        prose = (2 if len(ts) >= 8 else 0) | min(15, len(ts) // 2) << 4
        for t in ts:
            c = _cache.get(t)
            if c is None:
                c = _cache[t] = (
                    fnv(t),
                    weight_of(t, table),
                    1 if any(ch.isdigit() for ch in t) else 0,
                )
            out += struct.pack("<IBB", c[0], c[1], c[2] | prose)
            n += 1
    return struct.pack("<I", n) + bytes(out)


SETS = [
    "seeds",
    "webnews_dev",
    "synth_dev",
    "pan13_dev",
    "short_answers",
    "mccormick_1000",
    "same_event",
]


def load_table(path):
    return {l.split("\t")[0]: int(l.split("\t")[1]) for l in open(path, encoding="utf-8")}


def load_sets(root):
    rows = []
    for s in SETS:
        for i, l in enumerate(open(f"{root}/{s}/labels.tsv", encoding="utf-8")):
            c = l.rstrip("\n").split("\t")
            if i == 0 and c[0] == "doc":
                continue
            rows.append((s, c[0], c[1], decode(open(f"{root}/{s}/docs/{c[0]}", "rb").read())))
    return rows


def cluster_sizes(rows):
    """How many documents each cluster of each set has."""
    sizes = {}
    for s, d, c, t in rows:
        sizes[s, c] = sizes.get((s, c), 0) + 1
    return sizes


def site_lines(rows, above, below, last=0):
    """Lines of real pages whose lengths are between the two: each once, in order.

    Of each page the last so many lines; 0 for all of them.
    """
    return list(
        dict.fromkeys(
            l.strip()
            for s, d, c, t in rows
            if s in ("webnews_dev", "seeds")
            for l in t.splitlines()[-last:]
            if above < len(l.strip()) < below
        )
    )


if __name__ == "__main__":
    root, out = sys.argv[1], sys.argv[2]
    os.makedirs(out, exist_ok=True)
    table = load_table("background.tsv")
    rows = load_sets(root)
    if "--extra" in sys.argv:
        from augment import extra

        rows += extra(rows)
    with open(f"{out}/docs.bin", "wb") as b, open(f"{out}/docs.tsv", "w", encoding="utf-8") as t:
        for s, d, c, text in rows:
            b.write(encode(text, table))
            t.write(f"{s}\t{d}\t{c}\n")
    print(len(rows))
