#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""prep.py SETS OUT: texts recombined from the labelled sets, each a file, and OUT/documents.tsv.

Also what the other scripts share: reading the sets, words, word weights.
"""

import os, sys, unicodedata
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
    # The recombined texts as files, and their list.
    from augment import extra

    root, out = sys.argv[1], sys.argv[2]
    os.makedirs(out, exist_ok=True)
    rows = extra(load_sets(root))
    with open(f"{out}/documents.tsv", "w", encoding="utf-8") as f:
        for s, d, c, text in rows:
            path = os.path.abspath(f"{out}/{s}-{d}.txt")
            with open(path, "w", encoding="utf-8") as one:
                one.write(text)
            f.write(f"{s}\t{d}\t{c}\t{path}\n")
    print(len(rows))
