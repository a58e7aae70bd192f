"""Inspects one file and prints the report as JSON, so that the grader can run an inspection in a sandbox with limits:
    python3 -m grader.legality --functions a,b --rules vectorised [--pch PCH] FOLDER/FILE -- -std=c++17 -I...
FOLDER is one that legality/preprocessed.py has written.
With --serve alone it does so again and again, in forks of itself; see serving.py.
"""

import argparse
import dataclasses
import json
import sys
from contextlib import suppress
from pathlib import Path

from grader.common.language import pack
from grader.legality import CLANG_IS_BROKEN, READY, preprocessed, serving
from grader.legality.clang_setup import ClangError, clang_flags
from grader.legality.inspection import RULES, inspect
from grader.legality.tree import DEEPEST


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="grader.legality", description="Inspect one file; print the report as JSON.")
    parser.add_argument("source", type=Path)
    parser.add_argument("--functions", required=True, help="names, with commas between them")
    parser.add_argument("--rules", required=True, choices=RULES)
    parser.add_argument("--pch", type=Path)
    parser.add_argument("--also-allowed", default="", help="names beyond allowed.toml, with commas between them")
    parser.add_argument("flags", nargs="*", help="the flags of the build, after --")
    options = parser.parse_args(arguments)
    sys.setrecursionlimit(20 * DEEPEST)  # a tree of the greatest depth allowed must not meet Python's own limit
    print(READY, flush=True)  # what fails from here on, the file made fail
    try:
        prepared = preprocessed.load(options.source)
        also_allowed = frozenset(options.also_allowed.split(","))
        functions = options.functions.split(",")
        report = inspect(options.source, prepared, functions, options.rules, options.flags, options.pch, also_allowed)
    except ClangError as error:
        print(error, file=sys.stderr)
        sys.exit(CLANG_IS_BROKEN)
    print(json.dumps(pack(dataclasses.asdict(report)), indent=2))


def serve() -> None:
    with suppress(ClangError):  # which each inspection then meets by itself, and says so
        clang_flags()
    serving.serve(main)


if __name__ == "__main__":
    serve() if sys.argv[1:] == ["--serve"] else main(sys.argv[1:])
