"""Where a key of a TOML file stands, which tomllib does not tell. Used to complain of a value, and to change one."""

from __future__ import annotations

import tomllib
from typing import Any

Keys = tuple[str, ...]


def depth(table: Any, keys: Keys) -> int:
    """How many of these keys, one within the other, are there."""
    for count, key in enumerate(keys):
        if not isinstance(table, dict) or key not in table:
            return count
        table = table[key]
    return len(keys)


def line_of(text: str, keys: Keys, element: str = "") -> int:
    """The line from 1 where this key has its value, or else the table that it is missing from; in a list of several
    lines, that of an element. It is the last of the first lines that are TOML by themselves and have the key."""
    lines = text.replace("\r\n", "\n").split("\n")
    first, deepest, found = 1, 0, range(1, 2)
    for last in range(1, len(lines) + 1):
        try:
            reached = depth(tomllib.loads("\n".join(lines[:last])), keys)
        except tomllib.TOMLDecodeError:
            continue  # within a list
        if reached > deepest:
            deepest, found = reached, range(first, last + 1)
        first = last + 1
    return next((number for number in found if element in lines[number - 1]), found[0])
