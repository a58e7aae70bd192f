"""Judges answers.toml (step 3): the hottest functions, against a real profile of the loop version.

Called by grade.py. The file is data: it is parsed, never run."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from grader.common.language import tr

# Functions whose self times differ by less than this share of the run count as equally hot.
TIE_PERCENT = 5.0


def _names(path: Path) -> list[str]:
    """The names in the file, without a leading loops:: and trailing (). ValueError with the reason otherwise."""
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(tr("answers.toml is not valid TOML: {error}", error=str(error)[:200])) from None
    profile = table.get("profile")
    names = profile.get("hottest") if isinstance(profile, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError(tr('answers.toml needs a line hottest = ["name", "name"] under [profile]'))
    return [name.strip().removeprefix("loops::").removesuffix("()") for name in names]


def _as_hot_as(profile: list[dict], rank: int) -> set[str]:
    return {row["name"] for row in profile if row["percent"] >= profile[rank]["percent"] - TIE_PERCENT}


def judge(path: Path, profile_file: Path) -> dict[str, str]:
    """The status, message and hint of the item "hottest functions"."""
    profile = json.loads(profile_file.read_text())
    hint = tr("make profile shows the loop version sorted by self time; take the two names at the top")
    try:
        names = _names(path)
    except ValueError as error:
        of_the_form = tr(
            "names stand in straight quotation marks, with commas between them, inside one pair of square brackets"
        )
        return {"status": "fail", "message": error.args[0], "hint": of_the_form}
    if not names:
        return {"status": "todo", "message": tr("answers.toml is still to do: profile the loop version (step 3)")}
    if len(names) != 2 or names[0] == names[1]:
        count = len(names) if len(names) != 2 else 1  # the same one twice
        message = tr("functions named in answers.toml: {count}; exactly two are asked for", count=count)
        return {"status": "fail", "message": message}
    known = {row["name"] for row in profile}
    if unknown := [name for name in names if name not in known]:
        shown = ", ".join(sorted(known))
        name = repr(unknown[0][:60])
        message = tr("answers.toml: the profile shows no function {name}; it shows {shown}", name=name, shown=shown)
        return {"status": "fail", "message": message, "hint": hint}
    if set(names) <= _as_hot_as(profile, 1):
        shown = ", ".join(f"{row['name']} {row['percent']:.0f} %" for row in profile[:3])
        return {"status": "pass", "message": tr("the profile of this build says so too: {shown}", shown=shown)}
    cold = next(name for name in names if name not in _as_hot_as(profile, 1))
    message = tr("{name} is not one of the two with the most self time", name=cold)
    return {"status": "fail", "message": message, "hint": hint}
