"""The frame of every command-line tool: its language, errors in the user's terms, and what Ctrl-C means."""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
from collections.abc import Callable

from grader.common import language


class UserError(Exception):
    """What went wrong in the user's terms: run_tool shows it, without a traceback."""


def complain(tool: str, error: UserError | str) -> int:
    """Prints what went wrong; returns the exit code of the tool."""
    text = textwrap.fill(f"{tool}: {error}", 80, break_long_words=False, break_on_hyphens=False)
    print(text, file=sys.stderr)
    return 2


def run_tool(name: str, parser: argparse.ArgumentParser, main: Callable[[argparse.Namespace], int | None]) -> int:
    """Parses, chooses the language of --build, runs `main`. Exit codes: its own, 2 for a UserError, 130 for Ctrl-C."""
    arguments = parser.parse_args()
    language.start(arguments.build)
    try:
        return main(arguments) or 0
    except UserError as error:
        return complain(name, error)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # such as: make grade | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
