"""The figures of each epoch, as `make train` leaves them in a CSV. Read by plot.py and compare.py.

A file that is not as `make train` writes it is refused with its name and the line."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path

from grader.common.language import _
from grader.common.tool import UserError

FIGURES = ("train_loss", "valid_loss", "valid_accuracy")
COLUMNS = ("epoch", *FIGURES)


@dataclass(frozen=True)
class Epoch:
    """One row: losses are means in nats, the accuracy is a fraction."""

    epoch: int
    train_loss: float
    valid_loss: float
    valid_accuracy: float
    seconds: float | None = None  # of training; not every program measures them


class _BadLine(Exception):
    """What is wrong with one line, in words that go after the file and the line."""


def _number(row: dict[str, str], column: str) -> float:
    text = (row[column] or "").strip()
    try:
        value = float(text)
    except ValueError:
        raise _BadLine(_("{column} is {text!r}, which is not a number").format(column=column, text=text[:40])) from None
    if not math.isfinite(value) or value < 0:
        problem = _("{column} is {text}; a finite number of at least 0 is needed")
        raise _BadLine(problem.format(column=column, text=text))
    return value


def _epoch(row: dict[str, str], before: int) -> Epoch:
    if None in row or None in row.values():
        raise _BadLine(_("it does not have as many cells as the first line"))
    epoch = _number(row, "epoch")
    if epoch != int(epoch) or epoch <= before:
        problem = _("epoch is {text}; it is a whole number that grows from line to line")
        raise _BadLine(problem.format(text=row["epoch"]))
    figures = [_number(row, column) for column in FIGURES]
    if figures[-1] > 1:
        raise _BadLine(_("valid_accuracy is {value:g}; it is a fraction, from 0 to 1").format(value=figures[-1]))
    return Epoch(int(epoch), *figures, _number(row, "seconds") if "seconds" in row else None)


def read_curves(path: Path) -> list[Epoch]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else _("it is not text")
        message = _("{path}: cannot be read ({reason}). A CSV comes from: make train")
        raise UserError(message.format(path=path, reason=reason)) from None
    reader = csv.DictReader(lines, strict=True)
    rows: list[Epoch] = []
    try:
        if missing := [column for column in COLUMNS if column not in (reader.fieldnames or [])]:
            raise _BadLine(_("the names of the columns stand here, and {name} is missing").format(name=missing[0]))
        for row in reader:
            rows.append(_epoch(row, rows[-1].epoch if rows else 0))
    except (_BadLine, csv.Error) as error:
        message = _("{path}, line {line}: {problem}. To write the file again, type: make train")
        raise UserError(message.format(path=path, line=max(reader.reader.line_num, 1), problem=error)) from None
    if not rows:
        raise UserError(_("{path}: holds no epoch. To write the file again, type: make train").format(path=path))
    return rows
