"""The log of one's own grades, OUT/journal.jsonl: a line for each grade that has a note or measured a speed.

`make grade` adds to it, and the page draws it. A line that is no entry, because somebody wrote into the file, is left
out and never an error; a file that cannot be written costs no grade."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.common.files import not_a_link
from grader.common.language import readable
from grader.report.report_json import Report

LONGEST_NOTE = 200
MOST_READ = 200  # of the newest entries


@dataclass(frozen=True)
class Entry:
    when: str  # "2026-03-01 14:05", local time
    score: float
    max_score: float
    speeds: dict[str, float]  # of the items of speed that were measured: times as fast as the loops
    note: str

    @staticmethod
    def from_line(line: str) -> Entry:
        """Raises an error of its own kind where the line is no entry."""
        table = json.loads(line)
        speeds = {str(name): float(ratio) for name, ratio in table["speeds"].items() if 0 < float(ratio) < 1e6}
        return Entry(str(table["when"]), float(table["score"]), float(table["max_score"]), speeds, str(table["note"]))


def _file(out: Path) -> Path:
    return out / "journal.jsonl"


def add(report: Report, out: Path, note: str) -> None:
    speeds = {item.name: round(item.speed["ratio"], 3) for item in report.items if item.speed}
    note = " ".join(readable(note).split())[:LONGEST_NOTE]
    if not speeds and not note:
        return
    entry = Entry(time.strftime("%Y-%m-%d %H:%M"), report.score, report.max_score, speeds, note)
    # A link that code under grading has left there leads elsewhere.
    with suppress(OSError), not_a_link(_file(out)).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(entry)) + "\n")


def read(out: Path) -> list[Entry]:
    """The newest entries, the oldest of them first."""
    try:
        lines = _file(out).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    entries = []
    for line in lines[-MOST_READ:]:
        with suppress(ValueError, KeyError, TypeError, AttributeError, OverflowError):
            entries.append(Entry.from_line(line))
    return entries
