"""The frame of every command-line tool: its language, errors in the user's terms, and what Ctrl-C means."""

from __future__ import annotations

import argparse
import errno
import os
import sys
import textwrap
from collections.abc import Callable

from grader.common import language
from grader.common.language import _


DISK_IS_FULL = {errno.ENOSPC, errno.EDQUOT}
CANNOT_WRITE = {errno.EACCES, errno.EPERM, errno.EROFS} | DISK_IS_FULL


class UserError(Exception):
    """What went wrong in the user's terms: run_tool shows it, without a traceback."""


def complain(tool: str, error: UserError | str) -> int:
    """Prints what went wrong; returns the exit code of the tool."""
    text = textwrap.fill(f"{tool}: {error}", 80, break_long_words=False, break_on_hyphens=False)
    print(text, file=sys.stderr)
    return 2


def no_place(error: OSError) -> str:
    """What to do where a folder of the lab, which may be shared or mounted, takes no files."""
    says = _(
        "{file}: {reason}. The grader writes into its build folder: copy the lab to a folder of your own, or, if root "
        "once built here, type: sudo rm -r build"
    )
    if error.errno in DISK_IS_FULL:
        says = _("{file}: {reason}. Make room on that disk, then try again")
    return says.format(file=error.filename or "", reason=error.strerror)


def run_tool(name: str, parser: argparse.ArgumentParser, main: Callable[[argparse.Namespace], int | None]) -> int:
    """Parses, chooses the language of --build, runs `main`. Exit codes: its own, 2 for an error that it explains, 130 for
    Ctrl-C."""
    arguments = parser.parse_args()
    language.start(arguments.build)
    try:
        return main(arguments) or 0
    except UserError as error:
        return complain(name, error)
    except OSError as error:
        if error.errno not in CANNOT_WRITE:
            raise
        return complain(name, no_place(error))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # such as: make grade | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
