"""The table of a record: a row for each submission under each condition. Called by __main__.py; it measures nothing."""

from __future__ import annotations

import statistics

from grader.maintenance.reliability.contestants import Contestant, timed
from grader.maintenance.reliability.record import Grade, Record

COLUMNS = "condition submission grades wrong inconclusive error rough speedup max/min but_rough seconds".split()
HEAD = f"| {' | '.join(COLUMNS).replace('_', ' ')} |\n{'|---' * len(COLUMNS)}|"


def loops(item: str) -> str:
    """The name of the row of the loop version."""
    return f"loop version / BLAS floor, {item}"


def printed(grades: list[Grade]) -> list[float]:
    """The speedups that the reports show."""
    return [g.ratio for g in grades if g.ratio == g.ratio] or [float("nan")]


def row(condition: str, name: str, wrong_status: str, grades: list[Grade]) -> str:
    counts = [sum(g.status == status for g in grades) for status in (wrong_status, "inconclusive", "error")]
    counts.append(sum(g.rough for g in grades))
    ratios, but_rough = printed(grades), printed([g for g in grades if not g.rough])
    figures = [statistics.median(ratios), max(ratios) / min(ratios), max(but_rough) / min(but_rough)]
    seconds = statistics.median(g.seconds for g in grades)
    cells = [condition, name, len(grades), *counts, *(f"{figure:.2f}" for figure in figures), f"{seconds:.1f}"]
    return f"| {' | '.join(map(str, cells))} |"


def rows(condition: str, known: list[Contestant], record: Record) -> list[str]:
    submissions = [(c.name, "fail" if c.should_pass else "pass") for c in known]
    measured = [(name, "", record.of(condition, name)) for name in map(loops, timed().values())]
    measured += [(name, wrong, record.of(condition, name)) for name, wrong in submissions]
    return [row(condition, name, wrong, grades) for name, wrong, grades in measured if grades]
