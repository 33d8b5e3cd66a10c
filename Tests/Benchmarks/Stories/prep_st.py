#!/usr/bin/env python3
"""prep_st.py OUT_DIR [SET_DIR ...]: tokenise as prep.py, plus bits 2 (capitalised inside a sentence) and 3 (single-character script).
bit 2: first letter upper/titlecase, and the token does not begin a sentence.
bit 3: token of Han/Hiragana/Katakana/Thai/Lao/Khmer/Myanmar."""
import sys, os, struct, unicodedata
sys.path.insert(0, '../PairModel')
import regex
from prep import APOS, TOK, fnv, weight_of, load_table, decode
SPC = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
ENDS = set('.!?:…"“”«»„‟。！？؟।;')
def encode(text, table, words=None):
    out = bytearray(); n = 0
    for line in text.splitlines():
        s = unicodedata.normalize('NFKC', line.translate(APOS)).translate(APOS)
        ms = [(m.group(), m.start(), m.end()) for m in TOK.finditer(s)]
        q = min(15, len(ms) // 2) << 4
        pe = 0; prev = None
        for raw, a, b in ms:
            t = raw.casefold().translate(APOS)
            if not t: t = raw
            f = 1 if any(c.isdigit() for c in t) else 0
            if SPC.match(t): f |= 8
            elif unicodedata.category(raw[0]) in ('Lu', 'Lt'):
                gap = s[pe:a]; start = prev is None
                if not start:
                    for c in gap:
                        if c in ENDS:
                            if c == '.' and len(prev) <= 3 and unicodedata.category(prev[0]) in ('Lu', 'Lt'): continue
                            start = True; break
                if not start: f |= 4
            h = fnv(t)
            if words is not None: words[h] = t
            out += struct.pack("<IBB", h, weight_of(t, table), f | q | (2 if prev is None else 0)); n += 1
            pe = b; prev = raw
    return struct.pack('<I', n) + bytes(out)
def rows_of(dirs):
    for d in dirs:
        s = os.path.basename(d.rstrip('/'))
        for i, l in enumerate(open(f'{d}/labels.tsv', encoding='utf-8')):
            c = l.rstrip('\n').split('\t')
            if c[0] == 'doc': continue
            yield s, c[0], c[1], decode(open(f'{d}/docs/{c[0]}', 'rb').read())
if __name__ == '__main__':
    out = sys.argv[1]; os.makedirs(out, exist_ok=True); table = load_table('../PairModel/background.tsv'); words = {}
    with open(f'{out}/docs.bin', 'wb') as b, open(f'{out}/docs.tsv', 'w') as t:
        for s, d, c, text in rows_of(sys.argv[2:]):
            b.write(encode(text, table, words)); t.write(f'{s}\t{d}\t{c}\n')
    with open(f'{out}/words.tsv', 'w') as w:
        for h, x in words.items(): w.write(f'{h}\t{x}\n')
