"""Writes the marks of a class: python3 -m grader.classroom.marks --build build --out build/class"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grader.classroom import look_first, marks
from grader.classroom.marks.worksheet import Filled
from grader.classroom.results import read_class
from grader.common.language import _, readable
from grader.common.tool import run_tool
from grader.common.wrap import fill
from grader.report.item import points

MOST = 10  # names, and lines about rows that stayed empty


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m grader.classroom.marks", description=__doc__)
    parser.add_argument("--build", type=Path, default=Path("build"), help="the build folder of CMake")
    parser.add_argument("--out", type=Path, required=True, help="the class's folder, which holds roster.json")
    return parser


def _names(names: list[str]) -> str:
    said = ", ".join(names[:MOST])
    more = len(names) - MOST
    return _("{names} and {more} more").format(names=said, more=more) if more > 0 else said


def _about(filled: Filled, maximum: float) -> list[str]:
    not_filled = len(filled.left) + len(filled.absent)
    lines = [_("worksheet: {rows} grades filled in, {left} not").format(rows=filled.rows, left=not_filled)]
    if filled.absent:
        lines = [_("{line}; nothing was handed in by: {names}").format(line=lines[0], names=_names(filled.absent))]
    if filled.maximum != maximum:
        says = _("worksheet: marks of {own} are scaled to its maximum grade, {theirs}")
        lines.append(says.format(own=points(maximum), theirs=points(filled.maximum)))
    lines += [f"  {line}" for line in filled.left[:MOST]]
    if more := len(filled.left) - MOST:
        lines += [_("  and {more} more, which are in marks.csv").format(more=more)] if more > 0 else []
    return lines


def main(arguments: argparse.Namespace) -> None:
    own = read_class(arguments.out)
    files, filled = marks.write(own)
    marked = sum(result.is_marked for result in own.results)
    print(_("{marked} of {all} submissions have a mark").format(marked=marked, all=len(own.results)))
    for line in [*look_first.lines(own), *(_about(filled, own.maximum) if filled else [])]:
        print(fill(readable(line), rest="    "))
    for file in files:
        print(readable(str(file)))


if __name__ == "__main__":
    sys.exit(run_tool("marks", parser(), main))
