"""Who is how fast: ranks of a class, with ties where the intervals overlap. Called by the class page."""

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
    rows: list[Row]
    ticks: list[tuple[float, str]]


def _speeds(name: str, measured: list[tuple[Result, dict, bool]]) -> Speeds:
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
    return Speeds(name, rows, [(scale.at(tick), f"{tick:g}") for tick in scale.ticks()])


def speeds(own: Class) -> list[Speeds]:
    """For each item of speed, the fastest first."""
    measured: dict[str, list] = {}
    for result in own.results:
        for item in result.report.items if result.report else []:
            if item.speed and item.speed["ratio_interval"][0] > 0:
                passed = item.status in ("pass", "inconclusive")
                measured.setdefault(item.name, []).append((result, item.speed, passed))
    return [_speeds(name, some) for name, some in measured.items()]
