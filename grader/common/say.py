"""What grader/say is told, in the reader's language. Runs on Python 3.8 without any module, and before any build."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import List

from grader.common import language
from grader.common.language import _
from grader.common.wrap import fill

NAMES = 20  # columns of the targets


def main(words: List[str]) -> None:
    language.start(Path("build"))
    if words != ["--help"]:
        print(fill(" ".join(map(_, words))))
        return
    for line in sys.stdin:
        target, does = line.rstrip("\n").split("\t")
        print(fill(_(does), first=f"  make {target}".ljust(NAMES), rest=" " * NAMES))


if __name__ == "__main__":
    main(sys.argv[1:])
