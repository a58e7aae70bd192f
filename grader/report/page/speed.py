"""An item's `speed` as a chart: the samples of each version on one axis of time. Called by the page's templates."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from grader.common.language import _, marked
from grader.report import arithmetic, machines
from grader.report.item import Item
from grader.report.needed import needed_words
from grader.report.page.scale import Scale

WIDTH = 340  # of the drawing: that of a phone, so that no text shrinks there
MARGIN = 8
ROW = 40
NAMES = {
    "loop": marked("loop version"),
    "submission": marked("yours"),
    "floor": marked("matrix products alone (BLAS floor)"),
    "memory": marked("reading the images once (memory floor)"),
    "arithmetic": marked("the products' arithmetic at the peak"),
}
MOST_SAMPLES = 60  # drawn of each version
MARK_IS_FOR = machines.ITEM  # the item that the original lab has a figure for


@dataclass(frozen=True)
class Row:
    name: str
    y: int  # of the strip's middle
    samples: list[float]  # places
    median: float
    median_text: str
    spread: str
    times: str  # as fast as the loop version: of yours, the ratio that is graded
    rate: str  # GFLOP/s, and the share of the peak


@dataclass(frozen=True)
class Chart:
    height: int
    rows: list[Row]
    ticks: list[tuple[float, str]]
    gate: float
    gate_text: str
    needed: str  # and why, in words
    mark: float | None  # the original's figure
    mark_text: str
    peak: str  # in GFLOP/s; empty where it is not known


def _unit(value: float) -> tuple[float, str]:
    return next(((size, unit) for size, unit in ((1.0, "s"), (1e-3, "ms")) if value >= size), (1e-6, "µs"))


def seconds(value: float) -> str:
    """With three digits and a unit that suits: "24.1 ms"."""
    size, unit = _unit(value)
    return f"{value / size:.3g} {unit}"


def _drawn(samples: list[float]) -> list[float]:
    """Not too many of them: evenly through the sorted ones, with the smallest and the largest."""
    ordered = sorted(samples)
    step = max(1.0, (len(ordered) - 1) / (MOST_SAMPLES - 1))
    return [ordered[round(i * step)] for i in range(min(len(ordered), MOST_SAMPLES))]


def _spread(samples: list[float]) -> str:
    """Where the middle 80 % of the samples lie."""
    ordered = sorted(samples)
    cut = len(ordered) // 10
    low, high = ordered[cut], ordered[-1 - cut]
    size, unit = _unit(high)
    return _("{low:.3g} to {high:.3g} {unit}").format(low=low / size, high=high / size, unit=unit)


def _row(key: str, samples: list[float], figures: dict, y: int, scale: Scale) -> Row:
    median = statistics.median(samples)
    times = figures["ratio"] if key == "submission" else figures["loop_seconds"] / median
    places = list(dict.fromkeys(scale.at(sample) for sample in _drawn(samples)))
    rate = arithmetic.of(figures, median) if key != "memory" else None  # which computes nothing
    words = seconds(median), _spread(samples), f"{times:.1f}", str(rate or "-")
    return Row(_(NAMES[key]), y, places, scale.at(median), *words)


@dataclass(frozen=True)
class Bar:
    name: str
    y: int  # of its upper side
    length: float
    time: str
    share: str  # of the floor's time
    kind: str  # "own", or "limit" of the machine
    rate: str


def bars(fast: dict) -> list[Bar]:
    """The figures of the bonus, the longest time over the whole width."""
    kinds = {"floor": "", "submission": "own", "memory": "limit", "arithmetic": "limit"}
    times = {key: fast[f"{key}_seconds"] for key in kinds if f"{key}_seconds" in fast}
    scale = Scale(0, max(times.values()), 0, WIDTH - 2 * MARGIN)
    found = []
    for i, (key, time) in enumerate(times.items()):
        rate = arithmetic.of(fast, time) if key != "memory" else None
        share = f"{time / fast['floor_seconds']:.2f}"
        found.append(
            Bar(_(NAMES[key]), 16 + ROW * i, scale.at(time), seconds(time), share, kinds[key], str(rate or "-"))
        )
    return found


def chart(item: Item, mark_to_beat: float) -> Chart:
    figures = item.speed
    assert figures
    samples = {key: [s for s in figures.get(f"{key}_samples", []) if s > 0] for key in NAMES}
    samples = {key: some for key, some in samples.items() if some}
    every = [sample for some in samples.values() for sample in some]
    scale = Scale(min(every) / 1.3, max(every) * 1.3, MARGIN, WIDTH - MARGIN, logarithmic=True)
    loop = figures["loop_seconds"]
    gate = figures["floor_seconds"] / figures["needed"]
    needed = needed_words(figures)
    rows = [_row(key, some, figures, 34 + ROW * i, scale) for i, (key, some) in enumerate(samples.items())]
    has_mark = item.name == MARK_IS_FOR and loop / mark_to_beat > scale.low
    return Chart(
        height=34 + ROW * len(rows) + 22,
        rows=rows,
        ticks=[(scale.at(tick), seconds(tick)) for tick in scale.ticks()],
        gate=scale.at(gate),
        gate_text=seconds(gate),
        needed=needed[0].upper() + needed[1:] + ".",
        mark=scale.at(loop / mark_to_beat) if has_mark else None,
        mark_text=f"{mark_to_beat:g}",
        peak=f"{peak:.3g}" if (peak := arithmetic.peak(figures)) else "",
    )
