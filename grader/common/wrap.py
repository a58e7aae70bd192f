"""Lines of at most so many columns in which no command is broken, so that each can be copied whole. No other module is
needed: grader/say uses it before anything is installed."""

from __future__ import annotations

import re
import textwrap

COMMAND = re.compile(r'\bmake [a-z]+(?: [A-Z]+=(?:"[^"\n]*"|\S+))*')
HELD = "\ue000"  # for private use: a character as wide as a space, at which nothing breaks a line


def hold(text: str) -> str:
    """As long as the text, with commands that are one word each."""
    return COMMAND.sub(lambda command: command[0].replace(" ", HELD), text)


def release(text: str) -> str:
    return text.replace(HELD, " ")


def fill(text: str, width: int = 80, first: str = "", rest: str = "") -> str:
    """One paragraph; `first` and `rest` indent its lines."""
    indents = {"initial_indent": first, "subsequent_indent": rest}
    return release(textwrap.fill(hold(text), width, break_long_words=False, break_on_hyphens=False, **indents))
