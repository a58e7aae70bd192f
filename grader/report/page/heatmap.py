"""Two matrices that differ, an item's `matrices` (judge/expect/matrix_excerpt.hpp), as small heat maps. For the page."""

from __future__ import annotations

import math
from dataclasses import dataclass

from grader.common.language import _
from grader.report.page import png

WIDTH = 216  # of a map, in pixels of CSS, where the crop is large
SMALLEST, LARGEST = 9, 22  # sides of a cell
NUMBERS = 4  # rows and columns of the table of numbers


@dataclass(frozen=True)
class Map:
    """One picture; what it needs to be drawn, and to be understood by somebody who does not see it."""

    title: str
    shape: str  # of the whole matrix
    uri: str
    columns: int
    rows: int
    width: int
    height: int
    worst: tuple[int, int] | None  # row and column in the crop


@dataclass(frozen=True)
class Cell:
    should: str
    is_now: str
    wrong: bool


@dataclass(frozen=True)
class HeatMaps:
    maps: list[Map]
    largest: str  # what the full colour stands for
    part: str  # of the matrix, "rows 0 to 9 of 10, columns 8 to 31 of 64"; empty when it is all
    worst: tuple[int, int] | None  # row and column in the whole
    columns: list[int]  # of the table of numbers
    table: list[tuple[int, list[Cell]]]
    not_numbers: bool


def _values(crop: dict) -> list[list[float]]:
    return [[float(text) for text in row.split()] for row in crop["values"]]


def _largest(values: list[list[float]]) -> float:
    return max((abs(value) for row in values for value in row if math.isfinite(value)), default=0.0)


def _pixels(values: list[list[float]], largest: float) -> bytes:
    def pixel(value: float) -> int:
        if math.isnan(value):
            return 0
        share = max(-1.0, min(1.0, value / largest)) if largest else 0.0
        return 128 + round(127 * share)

    return bytes(pixel(value) for row in values for value in row)


def _map(title: str, crop: dict, pixels: bytes, worst: tuple[int, int] | None) -> Map:
    rows = len(crop["values"])
    columns = len(pixels) // rows
    side = max(SMALLEST, min(LARGEST, WIDTH // max(rows, columns)))
    shape = f"{crop['rows']} x {crop['columns']}"
    uri = png.uri(pixels, columns, png.SIGNED)
    return Map(title, shape, uri, columns, rows, columns * side, rows * side, worst)


def _part(crop: dict) -> str:
    rows, columns = len(crop["values"]), len(crop["values"][0].split())
    if (rows, columns) == (crop["rows"], crop["columns"]):
        return ""
    first_row, first_column = crop["first_row"], crop["first_column"]
    part = _("rows {top} to {bottom} of {rows}, columns {left} to {right} of {columns}")
    bottom, right = first_row + rows - 1, first_column + columns - 1
    sizes = {"rows": crop["rows"], "columns": crop["columns"]}
    return part.format(top=first_row, bottom=bottom, left=first_column, right=right, **sizes)


def _around(middle: int, size: int) -> range:
    first = max(0, min(middle - NUMBERS // 2, size - NUMBERS))
    return range(first, min(size, first + NUMBERS))


def _table(matrices: dict, place: tuple[int, int]) -> tuple[list[int], list[tuple[int, list[Cell]]]]:
    """The numbers around a place of the crop, as they should be and as they are."""
    should, actual = matrices["expected"], matrices["actual"]
    expected_values = [row.split() for row in should["values"]]
    actual_values = [row.split() for row in actual["values"]]
    columns = _around(place[1], len(expected_values[0]))
    table = [
        (
            should["first_row"] + i,
            [Cell(expected_values[i][j], actual_values[i][j], matrices["wrong"][i][j] == "x") for j in columns],
        )
        for i in _around(place[0], len(expected_values))
    ]
    return [should["first_column"] + j for j in columns], table


def of_matrices(matrices: dict) -> HeatMaps:
    should, actual = matrices["expected"], matrices["actual"]
    values, actual_values = _values(should), _values(actual)
    largest = _largest(values) or _largest(actual_values)
    worst = tuple(matrices["worst"]) if "worst" in matrices else None
    place = (worst[0] - should["first_row"], worst[1] - should["first_column"]) if worst else None
    maps = [_map(_("should be"), should, _pixels(values, largest), place)]
    if any(actual["values"]):  # an empty matrix has no picture
        maps.append(_map(_("is"), actual, _pixels(actual_values, largest), place))
    columns, table = _table(matrices, place) if place else ([], [])
    not_numbers = any(math.isnan(value) for row in actual_values for value in row)
    return HeatMaps(maps, f"{largest:.3g}", _part(should), worst, columns, table, not_numbers)
