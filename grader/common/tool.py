"""What the command-line tools share: an error in the user's terms, and how it is shown."""

from __future__ import annotations

import sys
import textwrap


class UserError(Exception):
    """What went wrong in the user's terms: the tool hands it to complain(), and shows no traceback."""


def complain(tool: str, error: UserError | str) -> int:
    """Prints what went wrong; returns the exit code of the tool."""
    text = textwrap.fill(f"{tool}: {error}", 80, break_long_words=False, break_on_hyphens=False)
    print(text, file=sys.stderr)
    return 2
