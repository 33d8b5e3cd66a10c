#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""measure_peer.py NAME FILE DOCUMENTS FINGERPRINTED: one library on one core, a JSON object.

FILE has documents that a zero byte ends. Each library is used as its documentation shows, with
three-word shingles, a threshold of .5 and 128 permutations. Time is processor time of the
process, without reading the file and without decoding UTF-8.
"""

import importlib.metadata
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

THRESHOLD = 0.5
PERMUTATIONS = 128
SHINGLE = 3

# fingerprint(text), and put(number, text): fingerprint, query, insert.
Fingerprint = Callable[[str], object]
Put = Callable[[int, str], object]


def shingles(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[i:i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]


def gaoya() -> tuple[Fingerprint, Put]:
    from gaoya.minhash import MinHashStringIndex

    # Case is folded as neardupd folds it. The container is the one that its documentation
    # recommends where few documents are alike: faster and half as large as its default.
    def index() -> MinHashStringIndex:
        return MinHashStringIndex(
            hash_size=32, jaccard_threshold=THRESHOLD, num_bands=None, band_size=None,
            num_hashes=PERMUTATIONS, analyzer="word", lowercase=True,
            ngram_range=(SHINGLE, SHINGLE), id_container="smallvec")

    # It has no call that only fingerprints; asking an empty index does nothing more.
    empty, filled = index(), index()

    # Nor one that takes a fingerprint: query and insertion compute it twice, as for any user.
    def put(number: int, text: str) -> None:
        filled.query(text)
        filled.insert_document(number, text)

    return empty.query, put


def query_and_insert(index: Any, fingerprint: Fingerprint) -> Put:
    """For an index that takes fingerprints: each text's is computed once."""
    def put(number: int, text: str) -> None:
        sketch = fingerprint(text)
        index.query(sketch)
        index.insert(number, sketch)

    return put


def rensa() -> tuple[Fingerprint, Put]:
    from rensa import RMinHash, RMinHashLSH

    # Bands of four: 32 of them lie nearest to a threshold of .5 ((1/32)^(1/4) = .42).
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)

    def fingerprint(text: str) -> RMinHash:
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(shingles(text))
        return sketch

    return fingerprint, query_and_insert(index, fingerprint)


def datasketch() -> tuple[Fingerprint, Put]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)

    def fingerprint(text: str) -> MinHash:
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        return sketch

    return fingerprint, query_and_insert(index, fingerprint)


def batches(path: str, limit: int) -> Iterator[list[bytes]]:
    """Documents, some at a time, so that the corpus does not count as memory of the index."""
    rest = b""
    with open(path, "rb") as file:
        while limit > 0 and (chunk := file.read(1 << 20)):
            *documents, rest = (rest + chunk).split(b"\0")
            documents = documents[:limit]
            limit -= len(documents)
            yield documents


def resident() -> int:
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    name, path, documents, fingerprinted = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:5])
    fingerprint, put = {"gaoya": gaoya, "rensa": rensa, "datasketch": datasketch}[name]()
    # The first call loads tables and compiles nothing afterwards.
    fingerprint("one two three four five")

    seconds, size = 0.0, 0
    for batch in batches(path, fingerprinted):
        texts = [document.decode() for document in batch]
        start = time.process_time()
        for text in texts:
            fingerprint(text)
        seconds += time.process_time() - start
        size += sum(map(len, batch))
    speed = size / seconds / 1e6

    before = resident()
    seconds, size, number = 0.0, 0, 0
    for batch in batches(path, documents):
        texts = [document.decode() for document in batch]
        start = time.process_time()
        for text in texts:
            put(number, text)
            number += 1
        seconds += time.process_time() - start
        size += sum(map(len, batch))
    print(json.dumps({
        "version": importlib.metadata.version(name),
        "fingerprint_only_mb_per_second": speed,
        "documents": number,
        "documents_per_second": number / seconds,
        "mb_per_second": size / seconds / 1e6,
        "resident_per_document": (resident() - before) / number,
    }))


main()
