#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""fit_pair_model.py SETS WORK [OPTION...]: fits the pair model and writes it into the sources.

SETS is the folder with the labelled sets, WORK one for what is made on the way. Options go to
fit.py, such as --each. All random choices are seeded: the same sets give the same trees.
"""

import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.abspath(f"{here}/../../..")
sets, work = (os.path.abspath(path) for path in sys.argv[1:3])


def run(*command, cwd=work):
    subprocess.run(command, check=True, cwd=cwd)


def script(name, *arguments):
    run(sys.executable, f"{here}/{name}", *arguments)


os.makedirs(work, exist_ok=True)
build = ("swift", "build", "-c", "release")
run(*build, "--product", "PairMeasureDump", cwd=root)
shown = subprocess.run((*build, "--show-bin-path"), check=True, cwd=root, stdout=subprocess.PIPE)
dump = shown.stdout.decode().strip() + "/PairMeasureDump"
if not os.path.exists(f"{work}/background.tsv"):
    script("background.py", "background.tsv")
script("prep.py", sets, "recombined")
script("generate_pages.py", sets, "pages", "train", "5000")
script("generate_pages.py", sets, "series", "train", "600", "series")
script("fit.py", sets, dump, *sys.argv[3:])
script("write_swift.py", "trees.txt", f"{root}/Sources/NearDuplicates/Similarity")
