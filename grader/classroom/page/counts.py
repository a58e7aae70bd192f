"""What a class has in common, counted: marks, failing items, misconceptions. Called by the class page."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from grader.classroom.results import Class, Result
from grader.common.language import Text, _, shown, tr
from grader.report.item import Item

WIDTH, HEIGHT, FOOT = 420, 160, 30  # of the drawing
MOST_BINS = 20


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    count: int
    label: str  # "12 to 13"


@dataclass(frozen=True)
class Distribution:
    bars: list[Bar]
    ticks: list[tuple[float, str]]
    median: float
    quartiles: tuple[float, float]
    mean: float
    median_x: float


def distribution(own: Class) -> Distribution | None:
    marks = [result.report.score for result in own.results if result.is_marked and result.report]
    if not marks:
        return None
    most = own.maximum
    bins = min(MOST_BINS, max(1, round(most)))
    counts = Counter(max(0, min(bins - 1, int(mark * bins / most))) for mark in marks)
    step, unit, high = WIDTH / bins, most / bins, max(counts.values())
    bars = []
    for i in range(bins):
        height = (HEIGHT - FOOT - 16) * counts[i] / high
        label = _("{low:g} to {high:g}").format(low=round(i * unit, 2), high=round((i + 1) * unit, 2))
        bars.append(Bar(i * step + 2, HEIGHT - FOOT - height, step - 4, height, counts[i], label))
    ticks = [(WIDTH * i / 4, f"{most * i / 4:g}") for i in range(5)]
    cut = statistics.quantiles(marks, n=4, method="inclusive") if len(marks) > 1 else [marks[0]] * 3
    mean = statistics.fmean(marks)
    return Distribution(bars, ticks, cut[1], (cut[0], cut[2]), mean, WIDTH * min(1, max(0, cut[1] / most)))


@dataclass
class ItemCount:
    exercise: str
    name: str
    total: int = 0
    failed: int = 0  # of which the student has tried it
    todo: int = 0
    waits: int = 0
    lost: float = 0.0  # marks, of the whole class

    @property
    def share(self) -> float:
        return (self.failed + self.todo + self.waits) / self.total


def items(results: Iterable[Result]) -> list[ItemCount]:
    """Each item that somebody does not have, what costs the class most marks first."""
    found: dict[tuple[str, str], ItemCount] = {}
    for result in results:
        for item in result.report.items if result.report else []:
            one = found.setdefault((item.exercise, item.name), ItemCount(item.exercise, item.name))
            one.total += 1
            one.failed += item.status == "fail"
            one.todo += item.status == "todo"
            one.waits += item.status == "skip"
            one.lost += item.max_points - item.points if item.status != "error" else 0.0
    missed = [one for one in found.values() if one.share > 0]
    return sorted(missed, key=lambda one: (-one.lost, -one.failed, -one.share, one.exercise, one.name))


@dataclass
class Misconception:
    about: str  # the exercise, or the rule
    words: str  # those that the first of them was told
    rule: str = ""  # that is broken
    who: list[Result] = field(default_factory=list)

    @property
    def says(self) -> str:
        """What to say to the class, in the reader's language."""
        return shown(_of_nobody(self.words, self.rule) if self.rule and len(self.who) > 1 else self.words)


def _of_nobody(message: str, rule: str) -> str:
    """A finding without the lines, the helper and the number of statements, which are those of one student."""
    while isinstance(message, Text) and "finding" in message.fields:
        message = message.fields["finding"]
    if rule == "statements" and isinstance(message, Text):
        return tr(message.sentence, **{**message.fields, "construct": tr("Too many statements")})
    return message


def _said(item: Item) -> Iterable[tuple[str, str, str, str]]:
    """What is recognised in an item: where, its key in any language, the words, and the rule."""
    if item.status == "fail" and item.stage in ("parity", "answer") and item.hint:
        key = item.hint.sentence if isinstance(item.hint, Text) else item.hint
        yield item.exercise, key, item.hint, ""
    for finding in item.findings:
        yield _("not allowed"), finding["rule"], finding["message"], finding["rule"]


def misconceptions(results: Iterable[Result]) -> list[Misconception]:
    found: dict[tuple[str, str], Misconception] = {}
    for result in results:
        said: dict[tuple[str, str], Misconception] = {}
        for item in result.report.items if result.report else []:
            for about, key, words, rule in _said(item):
                said.setdefault((about, key), Misconception(about, words, rule))
        for name, one in said.items():
            found.setdefault(name, one).who.append(result)
    return sorted(found.values(), key=lambda one: (-len(one.who), one.about, one.says))
