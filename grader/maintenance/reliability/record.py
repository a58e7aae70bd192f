"""The grades that make reliability has made so far, kept one by one: a run of hours can be interrupted and go on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Grade:
    condition: str
    submission: str
    status: str  # as in report.json
    ratio: float  # the speedup that was printed; NaN where there is none
    seconds: float  # of the whole speed stage
    # What an odd grade can be understood by:
    rounds: int = 0  # that the ratio rests on
    floor_seconds: float = 0  # their median of a call of the BLAS floor
    rough: bool = False  # the report says so: something else was at work on the same core, in most rounds


class Record:
    """A line of JSON a grade, in a file whose name tells what was measured: another grader starts another record."""

    def __init__(self, folder: Path, measured: Iterable[bytes]) -> None:
        self.key = hashlib.sha256(b"".join(measured)).hexdigest()[:12]
        self.file = folder / f"grades-{self.key}.jsonl"
        self._calibrations = folder / f"calibrations-{self.key}.json"
        lines = self.file.read_text().splitlines(keepends=True) if self.file.exists() else []
        # The last line has no end where the run was killed while it wrote.
        whole = [line for line in lines if line.endswith("\n")]
        self.grades = [Grade(**json.loads(line)) for line in whole]
        if whole != lines:
            self.file.write_text("".join(whole))

    def add(self, grade: Grade) -> None:
        with self.file.open("a") as file:
            file.write(json.dumps(asdict(grade)) + "\n")
        self.grades.append(grade)

    def remember(self, exercise: str, calibrate: Callable[[], list]) -> list:
        """What was calibrated for the exercise when the record began, so that all its grades are of the same."""
        known = json.loads(self._calibrations.read_text()) if self._calibrations.exists() else {}
        if exercise not in known:
            known[exercise] = calibrate()
            self._calibrations.write_text(json.dumps(known))
        return known[exercise]

    def of(self, condition: str, submission: str) -> list[Grade]:
        return [grade for grade in self.grades if (grade.condition, grade.submission) == (condition, submission)]
