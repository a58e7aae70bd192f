"""Refuses an ONLY that names no exercise, before anything is built: python3 -m grader.report.known --build DIR --only X.

The Makefile calls it. It needs the rubric and nothing else."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grader.common.rubric import rubric
from grader.common.tool import run_tool
from grader.report.tasks import named


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make grade", description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, required=True, help="the build folder; it need not exist")
    parser.add_argument("--only", required=True, help="exercises or small functions, separated by commas")
    return parser


def main(arguments: argparse.Namespace) -> None:
    named(arguments.only, rubric())


if __name__ == "__main__":
    sys.exit(run_tool("grade", parser(), main))
