#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""background.py OUT.tsv - static background table: token <TAB> weight (0..63, tenths of (8 - zipf), clipped 5..60).

Source: the wordfreq package (pip install wordfreq==3.1.1; data CC-BY-SA 4.0, R. Speer). Per language the N most
frequent words, tokenised as the daemon tokenises; a token in several languages keeps its greatest frequency.
"""

import sys
from prep import tokens_of
from wordfreq import get_frequency_dict
import math

LANGS = dict(
    en=30000,
    de=8000,
    fr=8000,
    es=8000,
    pt=6000,
    it=6000,
    nl=6000,
    pl=6000,
    ru=8000,
    uk=4000,
    cs=4000,
    sv=4000,
    da=3000,
    nb=3000,
    fi=4000,
    hu=4000,
    ro=4000,
    tr=4000,
    el=4000,
    ar=6000,
    he=4000,
    fa=4000,
    hi=4000,
    id=4000,
    vi=2000,
    ca=2000,
    zh=12000,
    ja=12000,
    ko=6000,
)


def build():
    f = {}
    for lang, n in LANGS.items():
        mine = {}
        d = get_frequency_dict(lang, wordlist="small")
        for w, p in sorted(d.items(), key=lambda x: (-x[1], x[0]))[:n]:
            ts = tokens_of(w)
            for t in ts:
                if any(c.isdigit() for c in t):
                    continue
                mine[t] = mine.get(t, 0) + p
        for t, p in mine.items():
            f[t] = max(f.get(t, 0), p)
    out = {}
    for t, p in f.items():
        z = math.log10(p) + 9
        w = round(10 * (8 - z))
        w = max(5, min(60, w))
        if w < 45:  # absent tokens weigh 50 anyhow
            out[t] = w
    return out


if __name__ == "__main__":
    o = build()
    with open(sys.argv[1], "w", encoding="utf-8") as fh:
        for t in sorted(o):
            fh.write(f"{t}\t{o[t]}\n")
    print(len(o), sum(len(t.encode()) + 1 for t in o))
