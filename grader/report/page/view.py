"""The items of a report as the page lists them: by exercise, what needs an action first. Called by the page."""

from __future__ import annotations

from dataclasses import dataclass

from grader.common.language import NO_BREAK, _, marked
from grader.common.rubric import rubric
from grader.report import debrief, examples
from grader.report.debrief import DEBRIEFS, Debrief
from grader.report.examples import Example
from grader.report.item import COLUMNS, MARKS, Item, cell, is_bonus, marks_of
from grader.report.tasks import task_of

# What a status looks like beside its word: never by colour alone.
SYMBOLS = {"pass": "✓", "fail": "✗", "todo": "○", "skip": "…", "inconclusive": "≈", "error": "!"}
# What stands above the one item that the reader is to look at.
HEADINGS = {"fail": marked("First thing to fix"), "todo": marked("Next"), "skip": marked("Still waits")}
ORDER = ("fail", "error", "inconclusive", "pass", "skip", "todo")
# So many items of one exercise of one status, which asks for no action or for the same one, are folded away.
FOLDED_FROM = {"skip": 3, "todo": 3, "pass": 9}
MOST_FINDINGS = 20  # shown of an item


@dataclass(frozen=True)
class Badge:
    status: str
    symbol: str
    word: str
    count: str = ""  # of those that pass, "2/11"


@dataclass(frozen=True)
class Shown:
    item: Item
    badge: Badge
    findings: list[dict]  # those that no other item of the exercise has shown
    more_findings: int


@dataclass(frozen=True)
class Exercise:
    name: str
    marks: str  # "1.5 / 2"
    cells: list[Badge | None]  # allowed, right, fast
    items: list[Shown]  # each with what there is to say of it
    folded: list[tuple[Badge, list[Item]]]  # many items of one status that need no action, or none yet
    passed: list[Item]  # that say nothing more
    debrief: Debrief | None  # where all of it passes
    examples: list[Example]  # of its functions that are still to do


def badge(status: str, count: str = "") -> Badge:
    return Badge(status, SYMBOLS[status], _(MARKS[status]).replace(" ", NO_BREAK), count)


def heading_of(item: Item) -> str:
    if is_bonus(item):
        return _("Left of the bonus")
    return _(HEADINGS.get(item.status, marked("Look at")))


def _cell(items: list[Item], stages: tuple[str, ...]) -> Badge | None:
    found = cell(items, stages)
    return badge(*found) if found else None


def _shown(items: list[Item]) -> list[Shown]:
    """A finding that concerns the whole file comes with each of its functions: it is shown once."""
    seen: set[tuple] = set()
    result = []
    for item in items:
        new = []
        for finding in item.findings[:MOST_FINDINGS]:
            key = (finding["line"], finding["rule"], finding["message"])
            new += [finding] if key not in seen else []
            seen.add(key)
        more = max(0, len(item.findings) - MOST_FINDINGS)
        result.append(Shown(item, badge(item.status), new, more))
    return result


def example_of(item: Item) -> Example | None:
    """Of the function that the item is about, while that is still to do; of a whole file, of its first."""
    exercise = rubric().exercises[item.exercise]
    function = task_of(exercise, item) or exercise.functions[0]
    return examples.of(function) if item.status == "todo" else None


def _exercise(name: str, items: list[Item]) -> Exercise:
    passed = [item for item in items if item.status == "pass" and not item.message]
    rest = sorted((item for item in items if item not in passed), key=lambda item: ORDER.index(item.status))
    alike = {"pass": passed, **{s: [item for item in rest if item.status == s] for s in ("skip", "todo")}}
    folded = {status: some for status, some in alike.items() if len(some) >= FOLDED_FROM[status]}
    return Exercise(
        name=name,
        marks=marks_of(items),
        cells=[_cell(items, stages) for stages in COLUMNS.values()],
        items=_shown([item for item in rest if not any(item in some for some in folded.values())]),
        folded=[(badge(status), some) for status, some in folded.items()],
        passed=[] if "pass" in folded else passed,
        debrief=DEBRIEFS[name].in_words if name in debrief.passed(items) else None,
        examples=list({e.function: e for item in items if (e := example_of(item))}.values()),
    )


def exercises(items: list[Item]) -> list[Exercise]:
    names = dict.fromkeys(item.exercise for item in items)
    return [_exercise(name, [item for item in items if item.exercise == name]) for name in names]
