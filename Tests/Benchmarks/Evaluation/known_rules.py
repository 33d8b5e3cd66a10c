# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""What others do, on whole labelled sets: the clusters of a rule that many programs have.

Needs datasketch, numpy and scipy (../Peers/requirements.txt). Shingles are those of score_pairs.py:
three words, a Chinese or Japanese character being one.
"""

import os

import numpy
from datasketch import MinHash, MinHashLSH
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform
from score_pairs import grams

CONTAINMENT = .45
LSH_THRESHOLD, PERMUTATIONS = .5, 128


def partitions(labelled) -> dict[str, dict[str, str]]:
    """{name of the rule: {document: cluster}} of a set."""
    documents = sorted(labelled.documents)
    shingles = [grams(os.path.join(labelled.folder, "docs", d)) for d in documents]
    distance = 1 - containments(shingles)
    near = csr_matrix(distance <= 1 - CONTAINMENT)
    numpy.fill_diagonal(distance, 0)
    mean = linkage(squareform(distance, checks=False), "average")
    groups = {
        f"MinHash-LSH {LSH_THRESHOLD}": banded(shingles),
        f"containment {CONTAINMENT}, single link": connected_components(near)[1],
        f"containment {CONTAINMENT}, average link":
            fcluster(mean, 1 - CONTAINMENT, "distance"),
    }
    return {rule: {d: str(group) for d, group in zip(documents, of)}
            for rule, of in groups.items()}


def containments(shingles: list[frozenset]) -> numpy.ndarray:
    """Shared shingles of each pair over those of the smaller text; 1 for two without any."""
    columns = {s: n for n, s in enumerate(set().union(*shingles))}
    starts = numpy.cumsum([0] + [len(s) for s in shingles])
    indices = [columns[s] for of in shingles for s in of]
    incidence = csr_matrix(
        (numpy.ones(len(indices), numpy.int32), indices, starts),
        shape=(len(shingles), max(1, len(columns))))
    sizes = numpy.array([len(s) for s in shingles], numpy.float32)
    smaller = numpy.minimum.outer(sizes, sizes)
    shared = (incidence @ incidence.T).toarray().astype(numpy.float32)
    both_empty = numpy.maximum.outer(sizes, sizes) == 0
    return numpy.where(both_empty, 1, shared / numpy.maximum(smaller, 1))


def banded(shingles: list[frozenset]) -> numpy.ndarray:
    """Connected by candidate pairs of MinHash-LSH, which is how it is used to deduplicate."""
    index = MinHashLSH(threshold=LSH_THRESHOLD, num_perm=PERMUTATIONS)
    rows, columns = [], []
    for number, of in enumerate(shingles):
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([s.to_bytes(8, "little", signed=True) for s in of])
        mates = index.query(signature)
        rows += [number] * len(mates)
        columns += mates
        index.insert(number, signature)
    pairs = csr_matrix(
        (numpy.ones(len(rows)), (rows, columns)), shape=(len(shingles), len(shingles)))
    return connected_components(pairs, directed=False)[1]
