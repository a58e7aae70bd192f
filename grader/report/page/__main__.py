"""Makes the page of a grade again: python3 -m grader.report.page OUT/report.json"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from grader.common import language
from grader.common.language import _
from grader.common.tool import complain
from grader.report import page


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m grader.report.page", description=__doc__)
    parser.add_argument("report", type=Path, help="report.json of a grade; report.html is written beside it")
    parser.add_argument("--build", type=Path, default=Path("build"), help="the build folder of CMake")
    arguments = parser.parse_args()
    language.start(arguments.build)
    file = arguments.report
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        says = _("{file} cannot be read ({reason}). `make grade` writes build/grade/report.json")
        return complain("page", says.format(file=file, reason=error))
    print(page.write(report, file.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
