"""The terminal as the tools write to it: at most 80 columns, without colour where none is wanted, commands unbroken."""

from __future__ import annotations

import os
from typing import Any

from rich.console import Console
from rich.containers import Lines
from rich.text import Text

from grader.common.wrap import hold, release

LINES = 23  # of a screen of 24, whose last one has the prompt


def console_of_80() -> Console:
    return Console(width=min(80, Console().width), no_color="NO_COLOR" in os.environ, highlight=False)


class Prose(Text):
    """A Text in whose lines no command is broken."""

    def wrap(self, console: Console, width: int, **options: Any) -> Lines:
        held = self.copy()
        held.plain = hold(held.plain)
        lines = held.wrap(console, width, **options)
        for line in lines:
            line.plain = release(line.plain)
        return lines
