"""The frame of every command-line tool: its language, errors in the user's terms, and what Ctrl-C means."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Callable

from grader.common import language
from grader.common.language import Text, tr
from grader.common.wrap import fill

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
IN_THE_WAY = (errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ELOOP)


class UserError(Exception):
    """What went wrong in the user's terms: run_tool shows it, without a traceback."""


def fault_of_machine(error: BaseException, place: object) -> Text | None:
    """What is to be done where the machine has no room on its disk or no process left, or where a file cannot be
    written; `place` is where to write."""
    number = getattr(error, "errno", None)
    file = getattr(error, "filename2", None) or getattr(error, "filename", None) or place
    if number in IN_THE_WAY:
        return tr(
            "{file} is in the way: a file or a folder of the grader's is to be there. Remove it, or name another "
            "folder by OUT=",
            file=str(file),
        )
    if number in NO_ROOM:
        return tr(
            "the disk is full, or what you may use of it: {place} cannot be written ({reason}). Make room there, or "
            "name a folder on another disk by OUT=, and grade again",
            place=str(file),
            reason=os.strerror(number),
        )
    if number in NOT_ALLOWED:
        return tr(
            "{file}: {reason}. The grader writes into its build folder: copy the lab to a folder of your own, or, if "
            "root once built here, type: sudo rm -r build",
            file=str(file),
            reason=os.strerror(number),
        )
    if number in (errno.EAGAIN, errno.ENOMEM) or "can't start new thread" in str(error):
        return tr(
            "the machine starts no further program ({reason}): end others, or raise the limit (ulimit -u), and grade "
            "again",
            reason=getattr(error, "strerror", None) or str(error),
        )
    return None


def complain(tool: str, error: UserError | str) -> int:
    """Prints what went wrong; returns the exit code of the tool."""
    print(fill(language.readable(f"{tool}: {error}")), file=sys.stderr)
    return 2


def run_tool(name: str, parser: argparse.ArgumentParser, main: Callable[[argparse.Namespace], int | None]) -> int:
    """Parses, chooses the language of --build, runs `main`. Exit codes: its own, 2 for an error that it explains, 130 for
    Ctrl-C."""
    arguments = parser.parse_args()
    language.start(arguments.build)
    try:
        return main(arguments) or 0
    except UserError as error:
        return complain(name, error)
    except (OSError, RuntimeError) as error:
        if isinstance(error, BrokenPipeError):  # such as: make grade | head
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 141
        fault = fault_of_machine(error, getattr(arguments, "out", arguments.build))
        if fault is None:
            raise
        return complain(name, language.shown(fault))
    except KeyboardInterrupt:
        return 130
