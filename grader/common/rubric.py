"""grader/rubric.toml as data: the exercises, what they can earn, and the gates of speed. It decides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from grader.common import rubric_check


def may_be_a_stub(file: Path) -> bool:
    """Whether something in the file is still to do, as far as its text tells; the grade itself looks more closely."""
    text = file.read_text(errors="replace") if file.is_file() else ""
    return "lab::NotImplemented" in text or bool(EMPTY_ANSWER.search(text))


EMPTY_ANSWER = re.compile(r"^\w+ = \[\]", re.MULTILINE)  # of answers.toml


@dataclass(frozen=True)
class Bonus:
    """Marks beside the 20, by the time that an epoch takes in times that of the BLAS floor; linear between the points."""

    times: tuple[float, ...]  # falling
    marks: tuple[float, ...]  # rising

    @property
    def most(self) -> float:
        return self.marks[-1]

    def marks_for(self, time: float) -> float:
        points = list(zip(self.times, self.marks))
        for (slow, few), (fast, many) in zip(points, points[1:]):
            if fast <= time < slow:
                return round(few + (many - few) * (slow - time) / (slow - fast), 2)
        return self.marks[-1] if time < self.times[-1] else self.marks[0]


@dataclass(frozen=True)
class Exercise:
    """One file of a submission and what it can earn."""

    name: str  # the file's stem
    step: int  # of the lab
    rules: str  # of legality
    functions: tuple[str, ...]
    points: dict[str, float]  # of the parity items, by their names
    speed: dict[str, float]  # of the speed items
    needs: tuple[str, ...]  # the exercises that its speed takes, itself among them
    steps: dict[str, int] = field(default_factory=dict)  # of the items that are due at another step
    bonus: Bonus | None = None  # of an exercise that nobody has to do

    @property
    def file(self) -> str:
        return "answers.toml" if self.name == "answers" else f"{self.name}.cpp"

    def step_of(self, item: str) -> int:
        return self.steps.get(item, self.step)

    def next_step(self, file: Path) -> int:
        """Of the first answer that is empty; a file of functions is of one step."""
        text = file.read_text(errors="replace") if self.steps and file.is_file() else ""
        empty = EMPTY_ANSWER.search(text)
        headings = re.findall(r"^\[(\w+)\]", text[: empty.start()], re.MULTILINE) if empty else []
        return self.step_of(headings[-1] if headings else "")

    @property
    def max_points(self) -> float:
        return round(sum(self.points.values()) + sum(self.speed.values()), 6)


@dataclass(frozen=True)
class Gate:
    """What an item of speed must reach."""

    required_speedup: float  # over the loop version
    required_efficiency: float  # of the BLAS floor's speed
    sufficient_efficiency: float  # stands for the speedup where BLAS itself hardly reaches it

    def needed(self, loop_ratio: float) -> float:
        """The share of the BLAS floor's speed that passes on a machine whose loop version takes `loop_ratio` floors."""
        least, enough = self.required_efficiency, self.sufficient_efficiency
        return max(least, min(self.required_speedup / loop_ratio, enough))


@dataclass(frozen=True)
class Rubric:
    exercises: dict[str, Exercise]  # in the order of the lab, the bonus last
    mark_to_beat: float
    budget_seconds: float
    precision: float
    partial_marks: bool  # for a speed between half of what is needed and what is needed
    gates: dict[str, Gate]  # of the speed items, by their names
    also_allowed: tuple[str, ...]  # names beyond legality/allowed.toml
    hints_want_a_change: bool  # in the file, from one to the next

    @property
    def required(self) -> dict[str, Exercise]:
        """All but the bonus."""
        return {name: exercise for name, exercise in self.exercises.items() if not exercise.bonus}


@cache
def rubric() -> Rubric:
    table = rubric_check.load()
    exercises = {
        name: Exercise(
            name,
            row["step"],
            row["rules"],
            tuple(row["functions"]),
            row["points"],
            row.get("speed", {}),
            tuple(row.get("needs", [name])),
            row.get("steps", {}),
            Bonus(*(tuple(row["bonus"][key]) for key in ("times", "marks"))) if "bonus" in row else None,
        )
        for name, row in table["exercises"].items()
    }
    speed = table["speed"]
    gates = {item: Gate(**gate) for item, gate in speed.pop("gates").items()}
    also_allowed = tuple(table["legality"]["also_allowed"])
    return Rubric(
        exercises, gates=gates, also_allowed=also_allowed, hints_want_a_change=table["hints"]["want_a_change"], **speed
    )
