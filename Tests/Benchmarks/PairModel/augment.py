# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""Extra training and test documents recombined from the development texts: what the sets lack.

xsite     pages of one site (same navigation, footer, teasers) with different articles: all singletons
xtemplate one text with numbers, rare words and names replaced: all singletons
xshort    texts of 3 to 60 words: lightly edited copies (positives) and others (singletons)
xroundup  round-ups of the first paragraphs of other articles: singletons (the articles themselves are in other sets)
xcopy     articles with paragraphs dropped, sentences shuffled, a site's boilerplate around: clusters
"""

import random, re

from prep import cluster_sizes, site_lines


def extra(rows, seed=7):
    r = random.Random(seed)
    # only texts outside the graded clusters as raw material
    count = cluster_sizes(rows)
    single = [
        t
        for s, d, c, t in rows
        if count[s, c] == 1
        and s in ("same_event", "mccormick_1000", "synth_dev")
        and 500 < len(t) < 6000
        and not c.startswith(("t", "b"))
    ] + [
        t
        for s, d, c, t in rows
        if s == "mccormick_1000" and count[s, c] == 1 and 500 < len(t) < 6000
    ]
    single = list(dict.fromkeys(single))
    r.shuffle(single)
    nav = site_lines(rows, 3, 60)
    foot = site_lines(rows, 40, 400, last=8)
    it = iter(single)
    out = []

    def sents(t):
        return [x for x in re.split(r"(?<=[.!?])\s+", t.replace("\n", " \n")) if x.strip()]

    def site():
        a = r.sample(nav, r.randint(4, 28))
        b = r.sample(nav, r.randint(2, 16))
        f = r.sample(foot, min(len(foot), r.randint(1, 3)))
        name = "The " + r.choice(nav)[:20]

        def wrap(t):
            x = [l for l in a if r.random() < 0.95]
            y = [l for l in b if r.random() < 0.95]
            if r.random() < 0.3:
                r.shuffle(x)
            return name + "\n" + "\n".join(x) + "\n\n" + t + "\n\n" + "\n".join(y + f)

        return wrap

    def cut(t, lo, hi):
        s = sents(t)
        n = r.randint(lo, hi)
        return " ".join(s[:n])

    for i in range(40):  # xsite
        w = site()
        for k in range(r.randint(2, 6)):
            t = next(it, None)
            if t is None:
                it = iter(single)
                t = next(it)
            out.append(("xsite", f"{i}-{k}", f"x{i}-{k}", w(cut(t, 3, 16))))
    pool = r.sample(single, 150)
    words = [w for t in pool for w in re.findall(r"\b[A-Z][a-z]+\b|\b[a-z]{8,}\b", t)]
    for i in range(40):  # xtemplate
        t = cut(pool[i], 3, 9)
        p = r.uniform(0.3, 0.9)
        for k in range(r.randint(2, 6)):
            u = re.sub(r"\d+", lambda m: str(r.randint(1, 10 ** len(m.group()))), t)
            u = re.sub(
                r"(?<=[a-z,] )[A-Z][a-z]+|\b[A-Z][a-z]+(?= [A-Z])|\b[a-z]{8,}\b",
                lambda m: r.choice(words) if r.random() < p else m.group(),
                u,
            )
            if not re.search(r"\d", u):
                u += f" The total was {r.randint(10, 999)} on {r.choice(words)} {r.randint(1, 28)}, up {r.randint(1, 99)}.{r.randint(0, 9)} percent."
            out.append(("xtemplate", f"{i}-{k}", f"x{i}-{k}", u))
    for i in range(120):  # xshort
        t = pool[i % 150]
        ws = t.split()
        a = r.randrange(max(1, len(ws) - 70))
        n = r.choice([4, 6, 8, 10, 15, 20, 30, 45, 60])
        b = ws[a : a + n]
        if i % 3 == 2:
            out.append(("xshort", f"{i}-0", f"x{i}-0", " ".join(b)))
            continue
        for k in range(r.randint(2, 3)):
            c = list(b)
            if k:
                for _ in range(max(0, int(n * r.uniform(0, 0.15)))):
                    j = r.randrange(len(c))
                    if r.random() < 0.5 and len(c) > 4:
                        del c[j]
                    else:
                        c[j] = r.choice(words)
                if r.random() < 0.4:
                    c = r.choice(nav).split()[:4] + c
                if r.random() < 0.3:
                    c += ["Read", "more"]
            out.append(("xshort", f"{i}-{k}", f"x{i}", " ".join(c)))
    for i in range(25):  # xroundup
        parts = r.sample(single, r.randint(4, 9))
        out.append(
            (
                "xroundup",
                f"{i}",
                f"x{i}",
                "Daily briefing\n\n" + "\n\n".join(cut(t, 1, 3) for t in parts),
            )
        )
    for i in range(25):  # xroundup: sharing some items with the one before
        items = [cut(t, 1, 4) for t in r.sample(single, 12)]
        for k in range(3):
            keep = r.sample(items, r.randint(1, 3))
            own = [cut(t, 1, 4) for t in r.sample(single, r.randint(6, 10))]
            parts = keep + own
            r.shuffle(parts)
            out.append(
                ("xroundup", f"s{i}-{k}", f"xs{i}-{k}", ("\n\n" if i % 2 else " ").join(parts))
            )
    for i in range(40):  # xcopy
        t = pool[i + 60]
        s = sents(t)
        for k in range(r.randint(2, 5)):
            v = [x for x in s if r.random() > (r.uniform(0, 0.45) if k else 0)]
            if r.random() < 0.25:
                v = v[: max(2, len(v) // 2)]
            if r.random() < 0.15:
                r.shuffle(v)
            if r.random() < 0.2:
                v += sents(cut(r.choice(single), 2, 5))
            u = " ".join(v)
            if r.random() < 0.6:
                u = site()(u)
            out.append(("xcopy", f"{i}-{k}", f"x{i}", u))
    return out
