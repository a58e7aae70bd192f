"""One's own grades as a chart: the speed by attempt, and a table with the notes. Called by the page."""

from __future__ import annotations

from dataclasses import dataclass

from grader.report.item import points
from grader.report.journal import Entry
from grader.report.page.scale import Scale

WIDTH, HEIGHT = 340, 180
LEFT, RIGHT, TOP, BOTTOM = 40, 12, 12, 34
MOST_DRAWN = 40  # attempts, the newest


@dataclass(frozen=True)
class Chart:
    name: str  # of the item of speed
    line: str  # points of SVG
    places: list[tuple[float, float]]
    x_ticks: list[tuple[float, str]]
    y_ticks: list[tuple[float, str]]


@dataclass(frozen=True)
class Attempts:
    charts: list[Chart]
    names: list[str]  # of the columns of speeds
    rows: list[tuple[int, str, str, list[str], str]]  # number, when, marks, speeds, note; the newest first


def _chart(name: str, speeds: list[tuple[int, float]]) -> Chart:
    drawn = speeds[-MOST_DRAWN:]
    first, last = drawn[0][0], drawn[-1][0]
    x = Scale(first, max(last, first + 1), LEFT + 8, WIDTH - RIGHT)
    y = Scale(0, max(ratio for _, ratio in drawn) * 1.1, HEIGHT - BOTTOM, TOP)
    places = [(x.at(number), y.at(ratio)) for number, ratio in drawn]
    step = max(1, (last - first + 7) // 8)
    x_ticks = [(x.at(number), str(number)) for number in range(first, last + 1, step)]
    return Chart(
        name=name,
        line=" ".join(f"{across},{up}" for across, up in places),
        places=places,
        x_ticks=x_ticks,
        y_ticks=[(y.at(tick), f"{tick:g}") for tick in y.ticks()],
    )


def of(entries: list[Entry]) -> Attempts | None:
    """None where there is nothing to compare yet: one grade without a note is no history."""
    if len(entries) < 2 and not any(entry.note for entry in entries):
        return None
    names = list(dict.fromkeys(name for entry in entries for name in entry.speeds))
    speeds = {name: [(n, e.speeds[name]) for n, e in enumerate(entries, 1) if name in e.speeds] for name in names}
    rows = [
        (
            number,
            entry.when,
            f"{points(entry.score)} / {points(entry.max_score)}",
            [f"{entry.speeds[name]:.1f}" if name in entry.speeds else "-" for name in names],
            entry.note,
        )
        for number, entry in enumerate(entries, 1)
    ]
    return Attempts([_chart(name, some) for name, some in speeds.items() if len(some) > 1], names, rows[::-1])
