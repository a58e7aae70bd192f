"""What grader/say is told, in the reader's language. Runs on Python 3.8 without any module, and before any build."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import List

from grader.common import language
from grader.common.language import _

WIDTH, NAMES = 80, 20  # columns, of them those of the targets


def main(words: List[str]) -> None:
    language.start(Path("build"))
    if words != ["--help"]:
        print(textwrap.fill(" ".join(map(_, words)), WIDTH, break_long_words=False, break_on_hyphens=False))
        return
    for line in sys.stdin:
        target, does = line.rstrip("\n").split("\t")
        print(textwrap.fill(_(does), WIDTH, initial_indent=f"  make {target}".ljust(NAMES), subsequent_indent=" " * NAMES))


if __name__ == "__main__":
    main(sys.argv[1:])
