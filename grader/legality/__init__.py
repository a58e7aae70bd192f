"""Legality: does a file keep the rules of its exercise (four statements, no loop, ...)?

The grader calls `inspect` once a file, with functions and rules from rubric.toml. Everything is read from clang's
syntax tree and tokens; nothing of the submission is ever run, and nothing is written but a precompiled header.
"""

from grader.legality.clang_setup import CLANG_IS_BROKEN, ClangError, clang_flags, make_pch
from grader.legality.inspection import RULES, inspect
from grader.legality.report import FileReport, Finding, FunctionReport

# The first line of an inspection's output, written before it reads the file.
READY = "grader.legality reads the file"

__all__ = [
    "CLANG_IS_BROKEN",
    "READY",
    "RULES",
    "ClangError",
    "FileReport",
    "Finding",
    "FunctionReport",
    "clang_flags",
    "inspect",
    "make_pch",
]
