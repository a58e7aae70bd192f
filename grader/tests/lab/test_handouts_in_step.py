"""handout.md and handout.fr.md say the same: section by section the same code, the same figures, the same tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest

import pytest

from grader.common.build_facts import ROOT
from grader.common.language import NO_BREAK
from grader.common.rubric import rubric
from grader.report.item import MARKS
from grader.tests.lab.test_language import french

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`]+)`")
# What the grader prints is French there.
PRINTED = {
    "FAIL 3/10": "ÉCHEC 3/10",
    "14.5x the loops, 0.77 of the BLAS floor": "14.5x les boucles, 0.77 du plancher BLAS",
}
NUMBER = re.compile(r"(?<![\w.,])\d+(?:\.\d+)?(?!\w)")


@dataclass(frozen=True)
class Section:
    """From a heading to the next one; `level` 0 is what stands above the first."""

    level: int
    heading: str
    blocks: list[tuple[str, str]]  # language and text of each fenced block
    text: str  # the rest

    @property
    def code(self) -> Counter[str]:
        return Counter(re.sub(r"\s+", " ", code) for code in CODE.findall(self.text))

    @property
    def rows(self) -> list[int]:
        """The cells of each row of its tables."""
        return [line.count("|") for line in self.text.splitlines() if line.startswith("|")]

    def figures(self, decimal: str, thousands: str) -> Counter[float]:
        plain = CODE.sub("", self.text)
        plain = re.sub(rf"(?<=\d){re.escape(thousands)}(?=\d{{3}}\b)", "", plain)
        return Counter(float(number) for number in NUMBER.findall(plain.replace(decimal, ".")))


def sections(document: str) -> list[Section]:
    text = (ROOT / document).read_text(encoding="utf-8")
    fences = FENCE.findall(text)
    text = FENCE.sub("@FENCE@", text)  # a comment of the shell looks like a heading
    found = []
    for part in re.split(r"^(?=#+ )", text, flags=re.MULTILINE):
        blocks = [fences.pop(0) for _ in range(part.count("@FENCE@"))]
        level = len(part) - len(part.lstrip("#"))
        found.append(Section(level, part.split("\n")[0], blocks, part))
    return found


ENGLISH, FRENCH = sections("handout.md"), sections("handout.fr.md")
BOTH = [pytest.param(one, other, id=one.heading) for one, other in zip(ENGLISH, FRENCH)]


def test_the_headings_are_the_same() -> None:
    for one, other in zip_longest(ENGLISH, FRENCH):
        assert one and other and one.level == other.level, (one, other)
        assert CODE.findall(one.heading) == CODE.findall(other.heading)
        assert re.findall(r"\d+", one.heading) == re.findall(r"\d+", other.heading)
    assert len(ENGLISH) > 25


@pytest.mark.parametrize("one, other", BOTH)
def test_the_code_is_the_same(one: Section, other: Section) -> None:
    # So is a block without a language.
    assert [language for language, _ in one.blocks] == [language for language, _ in other.blocks]
    for (language, text), (_, translated) in zip(one.blocks, other.blocks):
        assert text == translated or not language
    assert Counter(PRINTED.get(code, code) for code in one.code.elements()) == other.code


@pytest.mark.parametrize("one, other", BOTH)
def test_the_figures_and_tables_are_the_same(one: Section, other: Section) -> None:
    assert one.figures(".", ",") == other.figures(",", NO_BREAK)
    assert one.rows == other.rows


def test_the_words_of_the_french_report_are_explained() -> None:
    words = re.findall(r"^\| ([^|]+) \|", (ROOT / "handout.fr.md").read_text().split("| mot | sens |")[1], re.MULTILINE)
    assert words[: len(MARKS)] == [french()[word] for word in MARKS.values()]


def test_the_items_have_the_names_that_the_grader_shows() -> None:
    text = (ROOT / "handout.fr.md").read_text(encoding="utf-8")
    exercises = rubric().required.values()
    names = {name for e in exercises for name in {**e.points, **e.speed} if name not in e.functions}
    assert sorted(name for name in names if french()[name] not in text) == []
