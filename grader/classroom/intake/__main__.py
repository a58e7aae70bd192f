"""Takes in what a class has handed in, and shows what it found: python3 -m grader.classroom.intake FOLDER --out CLASS."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grader.classroom.intake import table
from grader.classroom.intake.taking_in import take_in
from grader.common.files import alone_in
from grader.common.tool import run_tool


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make class", description=__doc__.splitlines()[0])
    parser.add_argument("submissions", type=Path, help="what a system packed, or a folder of folders or archives")
    parser.add_argument("--build", type=Path, required=True, help="the build folder of CMake")
    parser.add_argument("--out", type=Path, required=True, help="the class's folder")
    parser.add_argument("--worksheet", type=Path, help="Moodle's worksheet of the assignment")
    return parser


def main(arguments: argparse.Namespace) -> int:
    with alone_in(arguments.out):
        table.show(take_in(arguments.submissions, arguments.out, arguments.worksheet))
    return 0


if __name__ == "__main__":
    sys.exit(run_tool("class", parser(), main))
