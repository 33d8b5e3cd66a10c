# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""Documents that the measurements of the horizon let a daemon decide, and the options for them."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]


def add_options(parser):
    parser.add_argument("--generator", help="make_stream_corpus.py, in place of make-corpus")
    parser.add_argument("--sources", nargs="*", default=[], help="texts that it draws from")
    parser.add_argument("--bytes", type=int, default=800, help="of a text, for the generator")
    parser.add_argument(
        "--binary", default=os.environ.get(
            "NEARDUPD_BINARY", str(ROOT / ".build/release/neardupd")))


def begin_making(arguments, target, documents, seed):
    """Begins to make so many texts, which differ from those of all other seeds."""
    if arguments.generator:
        command = [sys.executable, arguments.generator, "--docs", documents, "--seed", seed,
                   "--bytes", arguments.bytes, "--files", target, *arguments.sources]
    else:
        command = [ROOT / "scripts/make-corpus", "--documents", documents, "--seed", seed, target]
    return subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)


def wait_for(making):
    if making.wait() != 0:
        sys.exit("the texts cannot be made")
