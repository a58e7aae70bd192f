"""Makes the page of a class: python3 -m grader.classroom.page --build build --out build/class"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grader.classroom import page
from grader.classroom.results import read_class
from grader.common.language import readable
from grader.common.tool import run_tool


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m grader.classroom.page", description=__doc__)
    parser.add_argument("--build", type=Path, default=Path("build"), help="the build folder of CMake")
    parser.add_argument("--out", type=Path, required=True, help="the class's folder, which holds roster.json")
    parser.add_argument("--names", action="store_true", help="show names in place of pseudonyms: keep this page safe")
    return parser


def main(arguments: argparse.Namespace) -> None:
    print(readable(str(page.write(read_class(arguments.out), arguments.names))))


if __name__ == "__main__":
    sys.exit(run_tool("page", parser(), main))
