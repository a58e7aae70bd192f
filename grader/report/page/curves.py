"""Learning curves as charts: those of train_with_validation beside those of the loop version. Called by the page."""

from __future__ import annotations

from dataclasses import dataclass

from grader.common.language import _, marked
from grader.report.item import Item
from grader.report.page.scale import Scale

WIDTH, HEIGHT = 340, 220  # of a drawing: that of a phone, so that no text shrinks there
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 10, 34


@dataclass(frozen=True)
class Line:
    kind: str  # "training" or "validation"
    segments: list[str]  # points of SVG; a value that is no number interrupts the line
    points: list[tuple[float, float]]


@dataclass(frozen=True)
class Chart:
    title: str
    unit: str
    expected: list[Line]
    actual: list[Line]
    x_ticks: list[tuple[float, str]]
    y_ticks: list[tuple[float, str]]


@dataclass(frozen=True)
class Curves:
    charts: list[Chart]
    rows: list[tuple[int, list[str]]]  # of the table: epoch, then each figure of the loop version and of the student
    status: str  # of the item


FARTHEST = 1e9  # that is drawn: what lies beyond counts as no number
TABLE = ("train_loss", "valid_loss", "valid_accuracy")
CHARTS = (
    (marked("Loss"), marked("nats per image"), {"training": "train_loss", "validation": "valid_loss"}),
    (marked("Accuracy"), marked("share of the validation images"), {"validation": "valid_accuracy"}),
)


def _is_drawn(value: float | None) -> bool:
    return value is not None and abs(value) < FARTHEST


def _line(kind: str, values: list[float | None], x: Scale, y: Scale) -> Line:
    points = [(x.at(epoch), y.at(v)) if _is_drawn(v) else None for epoch, v in enumerate(values, 1)]
    segments: list[list[str]] = [[]]
    for point in points:
        if point is None:
            segments.append([])
        else:
            segments[-1].append(f"{point[0]},{point[1]}")
    return Line(kind, [" ".join(some) for some in segments if some], [point for point in points if point])


def _range(values: list[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.06 or abs(high) * 0.06 or 1.0
    return low - room, high + room


def _chart(title: str, unit: str, keys: dict[str, str], curves: dict) -> Chart:
    both = [curves[side][key] for side in ("expected", "actual") for key in keys.values()]
    low, high = _range([value for values in both for value in values if _is_drawn(value)])
    epochs = max(2, *(len(values) for values in both))
    x = Scale(1, epochs, LEFT + 8, WIDTH - RIGHT - 8)
    y = Scale(low, high, HEIGHT - BOTTOM, TOP)
    lines = {side: [_line(kind, curves[side][key], x, y) for kind, key in keys.items()] for side in curves}
    step = max(1, round(epochs / 8))
    x_ticks = [(x.at(epoch), str(epoch)) for epoch in range(1, epochs + 1, step)]
    y_ticks = [(y.at(tick), f"{tick:.3g}") for tick in y.ticks()]
    return Chart(_(title), _(unit), lines["expected"], lines["actual"], x_ticks, y_ticks)


def _text(values: list[float | None], epoch: int) -> str:
    if epoch >= len(values):
        return "-"
    value = values[epoch]
    return _("no number") if value is None else f"{value:.4g}"


def charts(items: list[Item]) -> Curves | None:
    """Of the item that has curves; None where there are none yet."""
    item = next((item for item in items if item.curves), None)
    if item is None or not item.curves:
        return None
    curves = item.curves
    epochs = max(len(curves[side]["train_loss"]) for side in curves)
    rows = [
        (epoch + 1, [_text(curves[side][key], epoch) for key in TABLE for side in ("expected", "actual")])
        for epoch in range(epochs)
    ]
    return Curves([_chart(*chart, curves) for chart in CHARTS], rows, item.status)
