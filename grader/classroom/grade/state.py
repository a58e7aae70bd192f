"""What a grade depends on, as digests: the student's files, the rubric, the grader. A grade is made again where one of
them has changed, and then this tells which."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from grader.common.build_facts import ROOT
from grader.common.files import replace_whole
from grader.common.language import Text, tr

RUBRIC = ROOT / "grader" / "rubric.toml"
# What judges: programs, flags, data. A file that is new in these folders counts until it stands in SHOWS.
JUDGES = ("CMakeLists.txt", "data", "grader/CMakeLists.txt", "grader/common", "grader/explain", "grader/grade")
JUDGES += ("grader/judge", "grader/legality", "grader/machine", "grader/protocol", "grader/report", "grader/worker")
JUDGES += ("grader/experiments/profile.py", "grader/experiments/profile_tools.py", "reference")
# What changes no mark: it only shows what came of it, and no grade takes its images from data/fashion-mnist.
SHOWS = ("data/fashion-mnist", "grader/common/locale", "grader/common/progress.py", "grader/machine/doctor")
SHOWS += ("grader/common/console.py", "grader/report/debrief.py", "grader/report/examples.py")
SHOWS += ("grader/report/examples.toml", "grader/report/journal.py", "grader/report/machines.csv")
SHOWS += ("grader/report/markdown.py", "grader/report/needed.py", "grader/report/next_thing.py", "grader/report/page")
SHOWS += ("grader/report/terminal.py",)
SOURCES = (".py", ".cpp", ".hpp", ".toml", ".txt", ".cmake", ".gz")


def digest(files: Iterable[Path], root: Path) -> str:
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(f"{file.relative_to(root)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:16]


def judging(root: Path) -> Iterator[Path]:
    """The files of the lab on which a mark depends, beside the rubric."""
    shows = [root / name for name in SHOWS]
    for place in (root / name for name in JUDGES):
        files = [place] if place.is_file() else place.rglob("*")
        for file in files:
            if file.suffix in SOURCES and file.is_file() and not any(file.is_relative_to(show) for show in shows):
                yield file


@cache
def of_grader(root: Path = ROOT) -> str:
    return digest(judging(root), root)


@dataclass(frozen=True)
class State:
    files: dict[str, str]  # a digest for each of the student's files
    rubric: str
    grader: str

    def reasons(self, old: State, by_name: bool = True) -> list[Text]:
        """What has changed since `old`, for the teacher; the files by their names or, of many students, without."""
        names = sorted(name for name in {*self.files, *old.files} if self.files.get(name) != old.files.get(name))
        files = tr("changed: {files}", files=", ".join(names)) if by_name else tr("other files were handed in")
        reasons = [files] if names else []
        reasons += [tr("the rubric has changed")] if self.rubric != old.rubric else []
        return reasons + ([tr("the grader has changed")] if self.grader != old.grader else [])


def state_of(submission: Path) -> State:
    files = {file.name: digest([file], submission) for file in sorted(submission.iterdir())}
    return State(files, digest([RUBRIC], ROOT), of_grader())


@dataclass(frozen=True)
class Outcome:
    """What reports/KEY/graded.json holds: that a grade has come to its end, and of what."""

    state: State
    score: float | None  # None where it could not be graded
    max_score: float | None
    seconds: float


def file_of(grade: Path) -> Path:
    return grade / "graded.json"


def save(outcome: Outcome, file: Path) -> None:
    replace_whole(file, json.dumps(asdict(outcome), indent=1) + "\n")


def load(file: Path) -> Outcome | None:
    """None where there is none, or half of one."""
    try:
        table = json.loads(file.read_text(encoding="utf-8"))
        return Outcome(**{**table, "state": State(**table["state"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
