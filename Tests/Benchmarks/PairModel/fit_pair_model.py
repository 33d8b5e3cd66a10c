#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""fit_pair_model.py SETS WORK: fits the pair model and writes WORK/model.txt.

SETS is the folder with the labelled sets. Takes several minutes; all random choices are seeded.
"""

import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
sets, work = (os.path.abspath(path) for path in sys.argv[1:3])


def run(*command):
    subprocess.run(command, check=True, cwd=work)


def script(name, *arguments):
    run(sys.executable, f"{here}/{name}", *arguments)


os.makedirs(work, exist_ok=True)
for program in ("dump", "pairs"):
    run("g++", "-O2", "-ffp-contract=off", "-o", program, f"{here}/{program}.cpp")
if not os.path.exists(f"{work}/background.tsv"):
    script("background.py", "background.tsv")
script("prep.py", sets, "ext", "--extra")
script("generate_pages.py", sets, "generated", "train", "8000")
script("generate_pages.py", sets, "series", "train", "600", "series")
run("./pairs", "generated/docs.bin", "generated/pairs.tsv", "-", "generated/measures.bin")
script("fit.py")
