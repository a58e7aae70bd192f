"""The class's folder: who handed in what, in roster.json, and where the parts of a class lie. Decides nothing.

Folders and files are called by keys (s001, s002, ...) and not by names."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from grader.common.files import replace_whole
from grader.common.language import _, marked, pack, unpack
from grader.common.tool import UserError

FORMAT = 1
# Each state, and what the teacher reads of it. The first that holds is the one that counts.
STATES = {
    "unmatched": marked("could not be matched"),
    "empty": marked("empty"),
    "two versions": marked("two versions"),
    "late": marked("late"),
    "renamed": marked("renamed"),
    "ok": marked("matched"),
}


@dataclass
class Entry:
    """One submission of the class."""

    key: str
    pseudonym: str
    name: str
    identifier: str  # of the system: Moodle's participant, Gradescope's submission, Canvas's user
    email: str
    source: str  # the path inside what was given
    state: str
    notes: list[str] = field(default_factory=list)  # each a Text, for whoever reads it later
    files: list[str] = field(default_factory=list)
    gradable: bool = True
    late: bool = False  # beside the state, since a submission with two versions may be late as well


@dataclass
class Roster:
    source: str
    worksheet: str | None
    submissions: list[Entry]

    def gradable(self) -> list[Entry]:
        return [entry for entry in self.submissions if entry.gradable]


def roster_of(out: Path) -> Path:
    return out / "roster.json"


def save(roster: Roster, out: Path) -> None:
    table = {"format": FORMAT, **pack(asdict(roster))}
    replace_whole(roster_of(out), json.dumps(table, indent=1, ensure_ascii=False) + "\n")


def load(out: Path) -> Roster:
    file = roster_of(out)
    try:
        table = json.loads(file.read_text(encoding="utf-8"))
        entries = [Entry(**unpack(entry)) for entry in table["submissions"]]
        return Roster(table["source"], table["worksheet"], entries)
    except OSError as error:
        reason: object = error.strerror
    except (ValueError, TypeError, KeyError) as error:
        reason = f"{type(error).__name__}: {error}"
    says = _("{file} cannot be read ({reason}). `make class SUBMISSIONS=folder` writes it")
    raise UserError(says.format(file=file, reason=reason))
