"""Makes the page of a grade again: python3 -m grader.report.page OUT/report.json"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from grader.common.language import readable
from grader.common.tool import run_tool
from grader.report import page, report_json


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m grader.report.page", description=__doc__)
    parser.add_argument("report", type=Path, help="report.json of a grade; report.html is written beside it")
    parser.add_argument("--build", type=Path, default=Path("build"), help="the build folder of CMake")
    return parser


def main(arguments: argparse.Namespace) -> None:
    print(readable(str(page.write(report_json.load(arguments.report), arguments.report.parent))))


if __name__ == "__main__":
    sys.exit(run_tool("page", parser(), main))
