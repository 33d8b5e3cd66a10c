# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The neardupd authors
"""Rows of figures beside what is wanted of them."""

from typing import NamedTuple

from wanted import WANTED, Wanted

Figures = list[tuple[str, float]]


class Row(NamedTuple):
    label: str
    judged: float
    wanted: Wanted | None
    # Of each run: its name and its figure.
    figures: Figures

    @property
    def mark(self) -> str:
        if self.wanted is None:
            return ""
        if self.wanted.fails(self.judged):
            return "FAILS"
        return "short" if self.wanted.short(self.judged) > 1e-9 else ""


class Report:
    def __init__(self):
        self.rows: list[Row] = []

    def add(self, measure: str, figures: Figures, of=None, is_mean: bool = False):
        """A row of a measure, of a set where one is given; without figures there is none.

        It is judged by the worst of its figures, or by their mean.
        """
        if not figures:
            return
        wanted = WANTED.get(f"{measure} {of.kind}" if of else measure)
        values = [value for _, value in figures]
        if is_mean:
            judged = sum(values) / len(values)
        else:
            judged = max(values) if wanted and wanted.most else min(values)
        self.rows.append(
            Row(f"{measure} {of.name}" if of else measure, judged, wanted, figures))

    def show(self):
        width = max((len(row.label) for row in self.rows), default=0)
        print(f"\n{'measure':{width}}     judged    wanted        of each run")
        for row in self.rows:
            runs = "  ".join(f"{name} {number(value)}" for name, value in row.figures)
            print(f"{row.label:{width}}  {number(row.judged):>9}  {str(row.wanted or ''):>8}  "
                  f"{row.mark:5} {runs if len(row.figures) > 1 else ''}".rstrip())
        judged = [row for row in self.rows if row.wanted]
        short = sum(bool(row.mark) for row in judged)
        print(f"\n{len(judged)} rows are judged: {short} miss what is wanted, "
              f"{self.failures} of them by more than their tolerance")

    @property
    def failures(self) -> int:
        return sum(row.mark == "FAILS" for row in self.rows)


def number(value: float) -> str:
    """Counts as they are, shares with four decimals."""
    return str(value) if isinstance(value, int) else f"{value:.4f}"
