#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""write_swift.py MODEL.txt > PairModel+Trees.swift: the fitted model as Swift source.

A line per tree, 81 characters of 6 bits each: the measures of the seven inner nodes (one character
each), their thresholds (six each: the bits of a Float), the eight leaves (four each: millionths as
a signed number of 24 bits). PairModel.swift reads it.
"""
import struct
import sys

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-"


def packed(value, characters):
    return "".join(ALPHABET[value >> 6 * k & 63] for k in reversed(range(characters)))


def line(words):
    nodes, leaves = words[:14], words[14:]
    features = [packed(int(f), 1) for f in nodes[::2]]
    bits = [struct.unpack("<I", struct.pack("<f", float(t)))[0] for t in nodes[1::2]]
    millionths = [round(float(leaf) * 1e6) & 0xFFFFFF for leaf in leaves]
    return "".join(features + [packed(b, 6) for b in bits] + [packed(m, 4) for m in millionths])


trees = [line(words[1:]) for words in map(str.split, open(sys.argv[1])) if words[0] == "tree"]
print("""\
// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

extension PairModel {
  /// Trees of depth 3, one a line, in the form that Tests/Benchmarks/PairModel/write_swift.py says.
  ///
  /// Fitted by `Tests/Benchmarks/PairModel/fit_pair_model.py SETS WORK`; not edited by hand.
  static let trees: StaticString = \"\"\"""")
for tree in trees:
    print(f"    {tree}")
print('    """\n}')
