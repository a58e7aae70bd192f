"""Makes the page of a grade again: python3 -m grader.page OUT/report.json"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from grader import page


def main() -> int:
    parser = argparse.ArgumentParser(prog="python3 -m grader.page", description=__doc__)
    parser.add_argument("report", type=Path, help="report.json of a grade; report.html is written beside it")
    file = parser.parse_args().report
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"page: {file} cannot be read ({error}). `make grade` writes build/grade/report.json", file=sys.stderr)
        return 2
    print(page.write(report, file.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
