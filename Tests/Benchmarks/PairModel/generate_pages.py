# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""generate_pages.py SETS OUT SPLIT(train|test) N [series]: pages of generated sites for the cold start.

Writes a text for each page and OUT/documents.tsv (set, document, cluster, path).
Pairs: two pages that an empty daemon meets, different articles of one site or edited copies.
Series: 2 to 8 pages of each of N sites.
The frames and half of the articles of the test split are in no training page.
"""

import sys, random, re, hashlib
from prep import *

root, out, split, N = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
r = random.Random(split + "v2")
os.makedirs(out, exist_ok=True)
rows = load_sets(root)
cnt = cluster_sizes(rows)
half = lambda d: hashlib.md5(d.encode()).digest()[3] % 2


def sents(t):
    return [x.strip() for x in re.split(r'(?<=[.!?])["”]?\s+', t) if len(x.split()) > 2]


def paras(t):
    p = [x.strip() for x in t.splitlines() if len(x.split()) >= 8]
    if sum(len(x.split()) for x in p) < 60:
        return None
    return p


arts = []  # (set, event, paragraphs of sentences)
for s, d, c, t in rows:
    if (
        s in ("same_event", "mccormick_1000", "synth_dev")
        and cnt[s, c] == 1
        and 400 < len(t) < 9000
        and (half(d) == (split == "test"))
    ):
        if s == "synth_dev" and (c.startswith(("t", "b"))):
            continue
        p = paras(t)
        if p:
            arts.append((s, None, [sents(x) for x in p]))
ev = {}
if split == "test":
    arts = [a for a in arts if r.random() < 0.4]
    for i, l in enumerate(open(root + "/story_dev/labels.tsv")):
        d, c = l.rstrip("\n").split("\t")[:2]
        if i == 0:
            continue
        p = paras(decode(open(f"{root}/story_dev/docs/{d}", "rb").read()))
        if p:
            arts.append(("story_dev", c, [sents(x) for x in p]))
arts = [(s, e, [p for p in ps if p]) for s, e, ps in arts]
arts = [a for a in arts if sum(len(x.split()) for p in a[2] for x in p) > 60]
# same topic: nearest by rare words
table = load_table("background.tsv")


def rare(a):
    return {t for p in a[2] for x in p for t in tokens_of(x) if table.get(t, 50) >= 35}


RW = [rare(a) for a in arts]
inv = {}
for i, w in enumerate(RW):
    for t in w:
        inv.setdefault(t, []).append(i)


def tri(a):
    t = [t for p in a[2] for x in p for t in tokens_of(x)]
    return set(zip(t, t[1:], t[2:]))


def near(i):
    c = {}
    for t in RW[i]:
        if len(inv[t]) < 40:
            for j in inv[t]:
                if j != i:
                    c[j] = c.get(j, 0) + 1
    return sorted(c, key=lambda j: -c[j] / (len(RW[j]) ** 0.5 + 5))[:4]


def differ(i, j):
    a, b = tri(arts[i]), tri(arts[j])
    return len(a & b) < 0.06 * min(len(a), len(b))


pool = [x for a in arts for p in a[2] for x in p if 5 < len(x.split()) < 45]
r.shuffle(pool)
heads = [" ".join(x.split()[: r.randint(4, 12)]) for x in pool[:4000]]
words = [w for x in pool for w in re.findall(r"\w{4,}", x)]
nav = site_lines(rows, 3, 40)
P = lambda p: r.random() < p
W = lambda n: " ".join(r.choice(words) for _ in range(n))
if split == "train":
    NAMES = ["Daily " + x.title() for x in r.sample(words, 200)]
    NAV = lambda: r.choice(nav) if P(0.6) else W(r.randint(1, 3)).title()
    SENT = lambda: r.choice(pool)
    SMALL = [
        "Read more",
        "Share",
        "Text size",
        "Comments",
        "Advertisement",
        "Most read",
        "Related",
        "Follow us",
        "Print",
        "Email",
        "Newsletter",
        "Loading",
        "Next",
        "Tags",
        "By staff",
        "Updated",
        "See also",
        "You may also like",
        "Leave a reply",
        "Top stories",
        "Weather",
        "Sign in",
        "Home",
    ]
else:
    NAMES = "The Brackwater Post|Inland Mail|Nachrichten am Fluss|Le Courrier du Val|El Faro del Sur|Northern Ledger|The Quarry Gazette|Новости Долины|Tidewater Times|Globe & Harbour".split(
        "|"
    )
    SECT = "Home World Business Politics Sport Culture Opinion Travel Science Technology Health Video Podcasts Weather Obituaries Property Motors Jobs Classifieds Puzzles Startseite Wirtschaft Politik Sport Kultur Wissen Reise Accueil Monde Économie Société Culture Inicio Mundo Economía Deportes Главная Политика Общество Спорт Культура".split()
    NAV = lambda: (
        r.choice(SECT)
        if P(0.7)
        else r.choice(
            "Our authors|Letters to the editor|Print edition|Today's paper|Photo galleries|Long reads|Fact check|The big picture|Lost and found|Tide tables|Mein Konto|Abo bestellen|Mon compte|Nos offres|Mi cuenta|Suscríbete".split(
                "|"
            )
        )
    )
    LEGAL = """We and our 842 partners store and access personal data, like browsing data or unique identifiers, on your device.
Selecting I accept enables tracking technologies to support the purposes shown under we and our partners process data to provide.
You can resurface this menu to change your choices or withdraw consent at any time by clicking the manage preferences link on the bottom of the page.
Your choices will have effect within our website. For more details, refer to our privacy policy.
This site uses cookies to improve your experience, to analyse traffic and to show you advertising that may be of interest to you.
By continuing to browse you agree to our terms of service and to the use of cookies as described in our cookie policy.
All rights reserved. No part of this publication may be reproduced, distributed or transmitted in any form without the prior written permission of the publisher.
The material on this site is protected by copyright and may not be republished, rebroadcast, rewritten or redistributed.
Quotes are delayed by at least fifteen minutes, and the information is provided as is and solely for informational purposes, not for trading purposes or advice.
The views expressed in the contents above are those of our users and do not necessarily reflect the views of this newspaper.
We reserve the right to edit or remove comments that are abusive, off topic or that breach our community guidelines.
You must be logged in to post a comment, and your email address will not be published.
Sign up to our free daily newsletter and receive the ten most important stories of the day in your inbox every morning at seven.
By entering your email address you agree that we may send you news, offers and invitations, and you can unsubscribe at any time with one click.
You have read your last free article this month. Subscribe now for one crown a week and get unlimited access to all of our reporting.
Already a subscriber? Log in here to continue reading and to see your saved articles on all of your devices.
Our journalism depends on readers like you, and a small contribution each month keeps our local newsroom open to everyone.
Do you have a story for us? Write to the news desk in confidence or call the number below between nine and five on working days.
If you believe that something in this article is inaccurate, please tell us and we will review it under our corrections policy.
This newspaper is a member of the press council and abides by the editors' code of practice.
Registered office: 14 Quay Street. Company number 0482113. VAT registration number 991 2230 17. Printed by the river press.
Wir und unsere Partner verarbeiten personenbezogene Daten wie Ihre IP-Adresse und Cookies, um Inhalte und Anzeigen zu personalisieren.
Mit Ihrer Anmeldung stimmen Sie unseren Nutzungsbedingungen und der Datenschutzerklärung zu, die Sie jederzeit widerrufen können.
Nous utilisons des cookies pour vous proposer des contenus adaptés à vos centres d'intérêt et mesurer la fréquentation de notre site.
Tous droits réservés. Toute reproduction, même partielle, est interdite sans l'accord écrit de l'éditeur.
Utilizamos cookies propias y de terceros para analizar nuestros servicios y mostrarle publicidad relacionada con sus preferencias.
Прием и обработка персональных данных осуществляется в соответствии с политикой конфиденциальности сайта.
Использование материалов разрешено только с предварительного согласия правообладателей и при наличии активной ссылки.""".splitlines()
    SENT = lambda: r.choice(LEGAL)
    SMALL = "Share this article|Share on Facebook|Copy link|Listen to this story|4 min read|Advertisement|Scroll to continue|Most viewed|More from this section|Editor's picks|Reply|Cancel reply|Name|Email|Website|Post comment|Save my name|Back to top|Contact us|About us|Careers|Terms of use|Privacy policy|Cookie settings|Accessibility|Sitemap|RSS|Teilen|Drucken|Mehr zum Thema|Lire aussi|Partager|Compartir|Lo más leído|Читайте также|Поделиться|Sponsored|Recommended for you|Sign up|Subscribe".split(
        "|"
    )
TICK = (
    lambda: f"{''.join(r.choice('ABCDEFGHIKLMNOPRST') for _ in range(r.randint(2,5)))} {r.choice(['','-','+'])}{r.randint(0,9)}.{r.randint(0,99)}% {r.randint(1,300)}.{r.randint(0,99)} $"
)


def wc(l):
    return sum(wc(x) if isinstance(x, list) else len(x.split()) for x in l)


def frame(target):
    """a site: top, bottom, inserts; about target words"""
    style = r.choices(["mix", "short", "legal", "related", "oneline"], [5, 2, 2, 2, 1])[0]
    top = [r.choice(NAMES)]
    bot = []
    ins = []

    def block(kind):
        if kind == "nav":
            x = [NAV() for _ in range(r.randint(4, 25))]
            return [("  " if P(0.5) else " | ").join(x)] if P(0.35) or style == "oneline" else x
        if kind == "legal":
            x = [SENT() for _ in range(r.randint(1, 5))]
            return [" ".join(x)] if P(0.6) else x
        if kind == "related":
            return [r.choice(SMALL)] + ([r.choice(heads) for _ in range(r.randint(3, 9))])
        if kind == "teaser":
            return [x for _ in range(r.randint(2, 5)) for x in (r.choice(heads), r.choice(pool))]
        if kind == "tick":
            return [TICK() for _ in range(r.randint(5, 16))]
        return [r.choice(SMALL) for _ in range(r.randint(2, 8))]

    KW = {
        "mix": [3, 2, 2, 0.7, 0.5, 3],
        "short": [5, 0.3, 0.5, 0, 1, 5],
        "legal": [1, 6, 0.3, 0, 0, 1],
        "related": [1, 0.5, 6, 2, 0, 1],
        "oneline": [4, 1, 1, 0, 0, 2],
    }[style]
    KS = ["nav", "legal", "related", "teaser", "tick", "small"]
    ptop = r.choice([0.15, 0.35, 0.5, 0.7])
    first = block("nav")
    (top if P(0.85) else bot).extend(first)
    while wc(top) + wc(bot) + wc(ins) < target:
        b = block(r.choices(KS, KW)[0])
        need = target - wc(top) - wc(bot) - wc(ins)
        while len(b) > 1 and wc(b) > need + 15:
            b.pop()
        if P(0.12):
            ins.append(b)
        elif P(ptop):
            top += b
        else:
            bot += b
    vol = r.choice([0, 0, 0.2, 0.5]) if style == "related" else r.choice([0, 0, 0.1, 0.3])
    return dict(
        top=top, bot=bot, ins=ins, drop=r.choice([0, 0, 0.03, 0.1]), vol=vol, shuf=P(0.1), tick=[]
    )


hs = set(heads)


def page(f, title, lines):
    def var(ls):
        o = []
        for l in ls:
            if P(f["drop"]):
                continue
            if l in hs and P(f["vol"]):
                l = r.choice(heads)
            if "%" in l and l.endswith("$") and P(0.7):
                l = l.split()[0] + " " + TICK().split(" ", 1)[1]
            o.append(l)
        return o

    top, bot = var(f["top"]), var(f["bot"])
    if f["shuf"]:
        m = top[1:]
        r.shuffle(m)
        top = top[:1] + m
    L = list(lines)
    for b in f["ins"]:
        L.insert(r.randint(min(1, len(L)), len(L)), "\n".join(b))
    x = (
        top
        + ([""] if P(0.5) else [])
        + ([title] if title else [])
        + L
        + ([""] if P(0.5) else [])
        + bot
    )
    if title and P(0.2):
        x.insert(0, title + " - " + f["top"][0])
    return "\n".join(x)


def cutp(ps, n):
    o = []
    k = 0
    for p in ps:
        q = []
        for x in p:
            if k >= n and (o or q):
                break
            q.append(x)
            k += len(x.split())
        if q:
            o.append(q)
        if k >= n:
            break
    return o


def lay(ps):
    m = r.choices(["para", "sent", "one", "wrap"], [6, 2, 1, 1.5])[0]
    if len(ps) == 1 and len(ps[0]) > 4 and m == "para":
        s = ps[0]
        ps = []
        while s:
            k = r.randint(1, 3)
            ps.append(s[:k])
            s = s[k:]
    if m == "para":
        return [" ".join(p) for p in ps]
    if m == "sent":
        return [x for p in ps for x in p]
    if m == "one":
        return [" ".join(x for p in ps for x in p)]
    o = []
    for p in ps:
        l = ""
        for w in " ".join(p).split():
            if len(l) + len(w) > 74:
                o.append(l)
                l = w
            else:
                l = (l + " " + w).strip()
        o.append(l)
    return o


def mut(ps, strength):
    """an edited copy"""
    s = [x for p in ps for x in p]
    if len(ps) > 1 and P(0.7):
        keep = [[x for x in p] for p in ps]
    else:
        keep = []
        t = s[:]
        while t:
            k = r.randint(1, 3)
            keep.append(t[:k])
            t = t[k:]
    d = r.uniform(0, [0.1, 0.3, 0.5][strength])
    keep = [p for p in keep if not P(d)] or keep[:1]
    if P(0.25):
        keep = cutp(keep, max(60, wc(x for p in keep for x in p) * r.uniform(0.35, 0.9)))
    if P([0.05, 0.2, 0.3][strength]):
        r.shuffle(keep)
    e = r.choice([0, 0.02, 0.05, 0.1][: 2 + strength])
    keep = [
        [" ".join((r.choice(words) if P(0.5) else "") if P(e) else w for w in x.split()) for x in p]
        for p in keep
    ]
    if P([0.1, 0.3, 0.5][strength]):
        for _ in range(r.randint(1, 3)):
            keep.insert(r.randint(0, len(keep)), [r.choice(pool) for _ in range(r.randint(1, 3))])
    return keep


def title(i):
    return " ".join(arts[i][2][0][0].split()[: r.randint(4, 10)])


docs = []
rec = []


def add(t):
    docs.append(t)
    return len(docs) - 1


def write(rows):
    """Pages as files, and their list."""
    with open(out + "/documents.tsv", "w", encoding="utf-8") as f:
        for kind, name, label, text in rows:
            path = os.path.abspath(f"{out}/{name}.txt")
            with open(path, "w", encoding="utf-8") as page_file:
                page_file.write(text)
            f.write(f"{kind}\t{name}\t{label}\t{path}\n")


if len(sys.argv) > 5:  # series: sites of 2..8 pages; every third page has a copy on another site
    D = []
    docs = []
    for k in range(N):
        n = r.choice([100, 200, 400])
        share = r.uniform(0.2, 0.7)
        f = frame(share / (1 - share) * n)
        m = r.randint(2, 8)
        for q in range(m):
            i = r.randrange(len(arts))
            a = cutp(arts[i][2], n * r.uniform(0.7, 1.5))
            t = title(i)
            D.append((k, f"{k}-{q}", page(f, t, lay(a))))
            if q % 3 == 2:
                D.append(
                    (
                        k,
                        f"{k}-{q}",
                        page(frame(r.uniform(0.1, 0.5) * n), t, lay(mut(a, r.randrange(2)))),
                    )
                )
    write((f"sites:{k}", f"series-{i}", l, t) for i, (k, l, t) in enumerate(D))
    print(len(D))
    sys.exit()
for k in range(N):
    i = r.randrange(len(arts))
    n = r.choice([60, 100, 150, 250, 400, 600]) * r.uniform(0.8, 1.25)
    share = r.uniform(0.1, 0.72)
    if k % 2:  # different articles, one site
        if P(0.4):
            c = [j for j in near(i) if differ(i, j)]
            j = r.choice(c) if c else r.randrange(len(arts))
            kind = "topic"
        else:
            j = r.randrange(len(arts))
            kind = "other"
        if i == j or not differ(i, j):
            continue
        a = cutp(arts[i][2], n)
        b = cutp(arts[j][2], n * r.choice([1, 1, 0.5, 0.7, 1.5, 2.5]))
        na = min(wc(x for p in a for x in p), wc(x for p in b for x in p))
        f = frame(share / (1 - share) * na)
        st = r.getstate()
        mode = r.random()
        x = page(f, title(i) if P(0.8) else "", lay(a))
        y = page(f, title(j) if P(0.8) else "", lay(b))
        lab = 0
    else:
        a = cutp(arts[i][2], n * 1.2)
        b = mut(a, r.randrange(3))
        na = wc(x for p in a for x in p)
        kind = r.choice(["twosites", "twosites", "bare", "samesite"])
        if wc(x for p in b for x in p) < 40:
            continue
        f = frame(share / (1 - share) * na)
        g = f if kind == "samesite" else frame(r.uniform(0.1, 0.7) / 0.5 * na)
        t = title(i)
        L1 = lay(a)
        x = page(f, t, L1)
        y = (
            ("\n".join([t] * P(0.6) + lay(b)))
            if kind == "bare"
            else page(g, t if P(0.7) else title(i), lay(b))
        )
        lab = 1
    if P(0.5):
        x, y = y, x
    rec.append((add(x), add(y), lab, kind, round(share, 2), arts[i][0]))
write(
    ("pages:" + kind, f"pair-{k}-{i}", f"{k}" if label else f"{k}-{i}", docs[d])
    for k, (a, b, label, kind, _, _) in enumerate(rec)
    for i, d in enumerate((a, b))
)
print(len(rec), sum(x[2] for x in rec))
