"""Whether the student's own folder said how fast its epoch would be before that was measured for the first time.

A file in build/ keeps what was said then. Called by grade.py around the measurement; it decides no marks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.common.files import keep
from grader.grade import answers_file, staging


@dataclass(frozen=True)
class Memory:
    """Of the first measurement. A grade of somebody else's folder has none, and takes what it finds as said before."""

    file: Path | None  # None: no memory is kept

    def first(self) -> dict[str, Any] | None:
        """What was predicted when the epoch was first measured, {} if nothing was; None if it has not been measured."""
        try:
            said = json.loads(self.file.read_text()) if self.file else None
        except (OSError, ValueError):
            return None
        return said if said == {} or _is_complete(said) else None

    def before_measuring(self, answers: Path) -> None:
        """`answers` is the student's answers.toml, which this grade may not be about."""
        if self.file and self.first() is None:
            keep(self.file, json.dumps(_said(answers)) + "\n")


def _is_complete(said: Any) -> bool:
    kinds = answers_file.SECTIONS["predict"]
    return isinstance(said, dict) and said.keys() == kinds.keys() and all(kinds[key].holds(said[key]) for key in said)


def _said(answers: Path) -> dict[str, Any]:
    if staging.content(answers) is None:
        return {}
    try:
        read = answers_file.read(answers)
        return {} if read.missing("predict") else read.given("predict")
    except answers_file.Fault:
        return {}
