"""Who is how fast: ranks of those who were timed on one kind of processor, with ties where the intervals overlap.

Called by the class page."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from grader.classroom.results import Class, Result
from grader.report.page.scale import Scale

WIDTH = 240  # of the drawing
FIRST = 12  # shown; the others are folded away


@dataclass(frozen=True)
class Row:
    result: Result
    rank: int  # one more than those who are faster beyond doubt
    ratio: float
    low: float  # places on the axis
    high: float
    at: float
    interval: tuple[float, float]
    passed: bool
    rough: bool


@dataclass(frozen=True)
class Speeds:
    name: str
    processor: str  # empty where the report does not name it
    rows: list[Row]
    ticks: list[tuple[float, str]]


def _speeds(name: str, processor: str, measured: list[tuple[Result, dict, bool]]) -> Speeds:
    measured = sorted(measured, key=lambda one: -one[1]["ratio"])
    lows = sorted(figures["ratio_interval"][0] for _result, figures, _passed in measured)
    highs = [figures["ratio_interval"][1] for _result, figures, _passed in measured]
    least, most = lows[0] / 1.05, max(highs) * 1.05
    scale = Scale(least, most, 4, WIDTH - 4, logarithmic=True)
    rows = []
    for result, figures, passed in measured:
        low, high = figures["ratio_interval"]
        rank = 1 + len(lows) - bisect_right(lows, high)
        places = scale.at(low), scale.at(high), scale.at(figures["ratio"])
        rows.append(Row(result, rank, figures["ratio"], *places, (low, high), passed, figures["rough"]))
    return Speeds(name, processor, rows, [(scale.at(tick), f"{tick:g}") for tick in scale.ticks()])


def speeds(own: Class) -> list[Speeds]:
    """For each item of speed and each processor, the fastest first: the loops, which are the unit, take their time on
    each processor."""
    measured: dict[str, dict[str, list]] = {}
    for result in own.results:
        for item in result.report.items if result.report else []:
            if item.speed and item.speed["ratio_interval"][0] > 0:
                passed = item.status in ("pass", "inconclusive")
                of_item = measured.setdefault(item.name, {})
                of_item.setdefault(result.report.processor, []).append((result, item.speed, passed))
    return [_speeds(name, *one) for name, found in measured.items() for one in sorted(found.items())]


def processors(some: list[Speeds]) -> list[str]:
    return sorted({speed.processor for speed in some})
