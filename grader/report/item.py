"""The item: one check of a grade with its marks, which every part of the grader passes on; and what a status means.

report_json.md specifies its fields. An item is in English and keeps the fields of each sentence (language.Text):
`translated` gives the reader's language, and only what shows an item calls it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from grader.common.language import Text, _, marked, pack, readable, shown, tr, unpack
from grader.common.rubric import Exercise, rubric

# What an exercise is worth saying first when its items differ: the status that most needs an action.
GRAVITY = ("error", "fail", "todo", "skip", "inconclusive", "pass")
MARKS = {
    "pass": marked("ok"),
    "fail": marked("FAIL"),
    "todo": marked("to do"),
    "skip": marked("waits"),
    "inconclusive": marked("noisy"),
    "error": marked("grader"),
}
# The columns of a table of marks, each with the stages that it stands for.
COLUMNS = {
    marked("allowed"): ("build", "legality"),
    marked("right"): ("parity", "answer"),
    marked("fast"): ("speed",),
}
EARNS = ("pass", "inconclusive")  # noise costs no marks
IS_ALLOWED = " is allowed"  # after the function, in the name of an item of a file of several


@dataclass(frozen=True)
class Item:
    exercise: str
    name: str
    stage: str  # build, legality, parity, speed, answer
    status: str  # one of GRAVITY
    points: float
    max_points: float
    message: str = ""
    hint: str = ""
    expected: str = ""
    actual: str = ""
    flag: str = ""  # for the instructor: odd without being wrong
    function: str = ""  # that the first error of the compiler is in
    statements: int = 0  # of a function that is allowed
    excerpt: dict | None = None
    findings: list[dict] = field(default_factory=list)  # of legality
    matrices: dict | None = None
    curves: dict | None = None
    model: dict | None = None
    speed: dict | None = None
    fast: dict | None = None  # the figures of the bonus
    bonus: float = 0.0  # marks beside the points
    max_bonus: float = 0.0

    @property
    def title(self) -> str:
        return title_of(self.name)

    def to_json(self) -> dict[str, Any]:
        """Without the fields that have nothing to say; each dict with Texts has their fields under `sentences`."""
        optional = {f.name for f in dataclasses.fields(self) if f.default is not dataclasses.MISSING}
        optional = (optional | {"findings"}) - {"message"}
        values = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return _to_json({name: value for name, value in values.items() if value or name not in optional})

    @staticmethod
    def from_json(table: dict[str, Any]) -> Item:
        known = {f.name for f in dataclasses.fields(Item)}
        return Item(**{name: value for name, value in _from_json(table).items() if name in known})


def title_of(name: str) -> str:
    """The name of an item in the reader's language; functions keep theirs."""
    function = name.removesuffix(IS_ALLOWED)
    return _(name) if function == name else _("{function} is allowed").format(function=function)


def _to_json(value: Any) -> Any:
    if isinstance(value, dict):
        table = {key: _to_json(element) for key, element in value.items()}
        sentences = {key: pack(element) for key, element in value.items() if isinstance(element, Text)}
        return {**table, "sentences": sentences} if sentences else table
    if isinstance(value, list):
        return [_to_json(element) for element in value]
    return str(value) if isinstance(value, Text) else value


def _from_json(value: Any) -> Any:
    if isinstance(value, dict):
        sentences = unpack(value.get("sentences", {}))
        table = {key: _from_json(element) for key, element in value.items() if key != "sentences"}
        return {**table, **sentences}
    return [_from_json(element) for element in value] if isinstance(value, list) else value


def printable(value: Any) -> Any:
    """Without control characters, by which a submission could repaint the screen of whoever grades it."""
    if isinstance(value, Text):
        return tr(value.sentence, **printable(dict(value.fields)))
    if isinstance(value, str):
        return readable(value).replace("\n", " ")
    if isinstance(value, list):
        return [printable(element) for element in value]
    return {key: printable(element) for key, element in value.items()} if isinstance(value, dict) else value


def make_item(
    exercise: Exercise, name: str, stage: str, status: str, message: str = "", earned: float = 0.0, **more: Any
) -> Item:
    """Looks up the points of an item and cleans what it says. One that does not pass has `earned`. Empty values of
    `more` are left out."""
    table = {**exercise.points, **exercise.speed} if stage in ("parity", "speed", "answer") else {}
    most = table.get(name, 0.0)
    said = {key: printable(value) for key, value in more.items() if value}
    return Item(
        exercise.name,
        name,
        stage,
        status,
        most if status in EARNS else earned,
        most,
        message=printable(message),
        **said,
    )


def todo_message(exercise: Exercise, function: str) -> Text:
    names = {"file": exercise.file, "step": exercise.step}
    if function == exercise.name:
        return tr("still to do: write {file} (step {step} of the handout)", **names)
    return tr("still to do: write {function} in {file} (step {step} of the handout)", function=function, **names)


def _shown(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shown(element) for key, element in value.items()}
    if isinstance(value, list):
        return [_shown(element) for element in value]
    return shown(value) if isinstance(value, str) else value


def translated(item: Item) -> Item:
    """The item in the reader's language, to be shown and not to be kept."""
    return Item(**{f.name: _shown(getattr(item, f.name)) for f in dataclasses.fields(item)})


def points(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def marks_of(items: list[Item]) -> str:
    """The marks of an exercise: "1.5 / 2"; those of the bonus are beside the others."""
    if items and rubric().exercises[items[0].exercise].bonus:
        return _("bonus {marks}").format(marks=points(sum(item.bonus for item in items)))
    return f"{points(sum(item.points for item in items))} / {points(sum(item.max_points for item in items))}"


def open_points(items: Iterable[Item]) -> float:
    """The points of the items that the grader failed to judge."""
    return sum(item.max_points for item in items if item.status == "error")


def worst(items: Iterable[Item]) -> str:
    return min((item.status for item in items), key=GRAVITY.index)


def cell(items: Iterable[Item], stages: tuple[str, ...]) -> tuple[str, str] | None:
    """The worst status of these stages and, where only some pass, how many: ("fail", "2/10"). None: no such item. That
    the file compiles is not one more beside its functions."""
    own = [item for item in items if item.stage in stages]
    if not own:
        return None
    counted = [item for item in own if item.stage != "build"] or own
    passed = sum(item.status == "pass" for item in counted)
    return worst(own), "" if passed in (0, len(counted)) else f"{passed}/{len(counted)}"


def step_of(item: Item) -> int:
    """Of the lab, where the item is due."""
    return rubric().exercises[item.exercise].step_of(item.name)


def is_bonus(item: Item) -> bool:
    """Whether its exercise earns no marks but those beside the others."""
    return rubric().exercises[item.exercise].bonus is not None


def first_to_fix(items: list[Item]) -> Item | None:
    """The first item that the student can act on: something wrong before something that is still to do, by the steps
    of the lab: what is counted in an epoch that is too slow (step 8) comes after the epoch (step 5). What is left of a
    bonus comes when nothing else is."""
    for own in ([item for item in items if not is_bonus(item)], [item for item in items if is_bonus(item)]):
        for status in ("fail", "todo", "error", "inconclusive", "skip"):
            if found := [item for item in own if item.status == status]:
                return min(found, key=step_of)
    return None


def advice_on(items: list[Item]) -> Item | None:
    """The first that is fast enough and has something to say of how it could be faster."""
    return next((item for item in items if item.stage == "speed" and item.status == "pass" and item.hint), None)
