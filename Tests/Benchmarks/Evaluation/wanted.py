# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""What is wanted of detection, row by row, and how far beside it a row may be.

A row is named after what it measures and the kind of its set ("same reuters"); a kind is the name
of a set up to "_dev" or whatever follows it, so that sets that were kept for checking are held
against the same figures. A row that is not listed is printed and judged by nothing.
"""

from typing import NamedTuple

from labelled_sets import REAL


class Wanted(NamedTuple):
    """`value` at least, or at most where `most` is set; `tolerance` is how far beside it a row may
    be before --check fails: what another seed or another part of the same collection makes.

    `reached` is the best so far of a row that has not come up to `value` yet: --check fails when it
    is lost again."""

    value: float
    tolerance: float
    most: bool = False
    reached: float | None = None

    def short(self, measured: float) -> float:
        """How far beside what is wanted a figure is; 0 or less where it is good."""
        return self._beside(self.value, measured)

    def fails(self, measured: float) -> bool:
        least = self.value if self.reached is None else self.reached
        return self._beside(least, measured) > self.tolerance + 1e-9

    def _beside(self, value: float, measured: float) -> float:
        return measured - value if self.most else value - measured

    def __str__(self) -> str:
        digits = f"{self.value:.3f}".rstrip("0").rstrip(".")
        return ("<= " if self.most else ">= ") + digits


def least(value: float, tolerance: float = .01, reached: float | None = None) -> Wanted:
    return Wanted(value, tolerance, reached=reached)


def most(value: float, tolerance: float = .01, reached: float | None = None) -> Wanted:
    return Wanted(value, tolerance, most=True, reached=reached)


WANTED = {
    "mean of the old mix": least(.975, .005),
    "seeds: right of 120 orders": least(120, 0),
    "seeds: one story of 120 orders": least(120, 0),
    "false pairs same_event": most(5, 2),
    "mean B3i of the hard sets": least(.945, .005),
    "mean B3i without formats": least(.975, .005),
    "pair precision frames": least(.97), "pair recall frames": least(.90),
    "pair precision containers": least(.98), "pair recall containers": least(.97),
    "pair precision takes": least(.99), "pair recall takes": least(.98),
    "pair precision short_events": least(.75, .03), "pair recall short_events": least(.95),
    "pair precision templates": least(.75, .03), "pair recall templates": least(.97),
    "pair precision scripts": least(.98), "pair recall scripts": least(.97),
    **{f"same {kind}": least(.99, .003) for kind in REAL},
    # A promise of the daemon, whatever the collection holds.
    **{f"same J>=.9 {kind}": least(1, 0) for kind in REAL},
    **{f"forms J>=.9 {kind}": least(.995, .002) for kind in REAL},
    **{f"joined pairs different {kind}": most(.01, .005) for kind in REAL},
    **{f"members unsupported {kind}": most(.03, .01) for kind in REAL},
    **{f"boilerplate joined {kind}": most(.02, .01) for kind in REAL},
    "boilerplate joined reuters": most(.02, .01, reached=.046),
    "order, pair F1 reuters": least(.95, .02),
    "order, pair F1 dmca": least(.90, .03, reached=.315),
    "threshold .9, same J>=.9 reuters": least(1, 0),
    "threshold .9, forms J>=.9 dmca": least(.99, .005),
    **{f"growth, lost {kind}": most(0, 0) for kind in ("dmca", "reuters")},
    "story B3 story": least(.94, reached=.918),
    "story pair precision frames": least(.9, .02),
    "story pair precision scripts": least(.95, .02),
    "story pair precision formats": least(.95, .02),
    "story pair precision templates": least(.6, .02, reached=.547),
}
