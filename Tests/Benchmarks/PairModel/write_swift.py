#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""write_swift.py TREES.txt FOLDER: the fitted model as PairModel+Trees.

A tree is three words of characters of 6 bits, and two trees are a line: the measures of the 15
inner nodes (one character each), their thresholds (six each: the bits of a Float) and the 16 leaves
(four each: millionths as a signed number of 24 bits). TreeEnsemble.swift reads it.
"""

import struct
import sys

INNER = 15
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-"


def packed(value, characters):
    return "".join(ALPHABET[value >> 6 * k & 63] for k in reversed(range(characters)))


def line(words):
    nodes, leaves = words[: 2 * INNER], words[2 * INNER :]
    features = [packed(int(f), 1) for f in nodes[::2]]
    bits = [struct.unpack("<I", struct.pack("<f", float(t)))[0] for t in nodes[1::2]]
    millionths = [round(float(leaf) * 1e6) & 0xFFFFFF for leaf in leaves]
    return (
        "".join(features),
        "".join(packed(b, 6) for b in bits),
        "".join(packed(m, 4) for m in millionths),
    )


def write(path, name, trees):
    with open(path, "w") as output:
        output.write(f'''\
// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

// swift-format-ignore-file
// Written by Tests/Benchmarks/PairModel/write_swift.py.

extension PairModel {{
  /// Trees of depth 4, three words each: Tests/Benchmarks/PairModel/write_swift.py says how.
  ///
  /// Fitted as Tests/Benchmarks/PairModel/README.md says; not edited by hand.
  static let {name}: StaticString = """
''')
        words = [" ".join(tree) for tree in trees]
        for first in range(0, len(words), 2):
            output.write("    " + " ".join(words[first : first + 2]) + "\n")
        output.write('    """\n}\n')


trees = [line(words[1:]) for words in map(str.split, open(sys.argv[1])) if words[0] == "tree"]
write(f"{sys.argv[2]}/PairModel+Trees.swift", "trees", trees)
