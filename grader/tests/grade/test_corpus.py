"""Grades the small submissions of corpus/ and holds every item against what the header of the case says.

Run by pytest (`make test`); needs the built grader, in the folder that LAB_BUILD names. One wrong file must cost
exactly the items that it names, and nothing else."""

from __future__ import annotations

import re
from concurrent.futures import Future
from pathlib import Path

import pytest

from grader.tests.support import corpus_support as support
from grader.tests.support.corpus_support import FAST, Case, Grade

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")

CASES = {f"{case.kind}/{case.name}": case for case in support.cases()}
# Where evaluate is right its speed is measured: those wait until nothing else is running.
TIMED = [key for key, case in CASES.items() if FAST in dict(support.expected([case])).values()]
IN_TURN = [key for key in CASES if key not in TIMED]
# Whether items fail and rules are broken, by the kind of a case.
SHAPES = {"right": [(0, 0)], "wrong": [(1, 0)], "illegal": [(0, 1)], "broken": [(1, 0), (1, 1)]}
Graded = tuple[tuple[Case, ...], Future[Grade]]  # the cases in one file, and its grade


@pytest.fixture(scope="module")
def grades(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Graded]:
    """The grades of all cases that this session asks for."""
    asked = [item.callspec.params["key"] for item in request.session.items if item.originalname == "test_case"]
    packs = {str(i): pack for i, pack in enumerate(support.packs(CASES[key] for key in asked))}
    files = {key: (pack[0].exercise, support.source(pack)) for key, pack in packs.items()}
    futures = support.grade_in_turn(files, tmp_path_factory.mktemp("corpus"))
    return {f"{case.kind}/{case.name}": (pack, futures[key]) for key, pack in packs.items() for case in pack}


def check(case: Case, pack: tuple[Case, ...], grade: Grade) -> None:
    assert grade.output == ""  # the page could be made
    items = grade.items(case.exercise.name)
    statuses = {name: seen_as(item) for name, item in items.items()}
    messages = [f"{name}: {item['message']}" for name, item in items.items() if item["message"]]
    assert statuses == dict(support.expected(pack)), messages
    points = {**case.exercise.points, **case.exercise.speed}
    earned = {name: item["points"] for name, item in items.items()}
    assert earned == {name: points.get(name, 0.0) if s in ("pass", FAST) else 0.0 for name, s in statuses.items()}
    allowed = {support.legality_item(case.exercise, function) for function in case.replaced}
    own = {"compiles", *case.fails, *allowed}
    assert not [said for said in messages if "would do" in said or "none is needed" in said]  # nobody is accused
    check_words(case, [item for item in items.values() if item["status"] == "fail" and item["name"] in own])


def seen_as(item: dict) -> str:
    is_fast = item["status"] in ("pass", "inconclusive") or "fast" in item  # the bonus has no gate
    return FAST if item["stage"] == "speed" and is_fast else item["status"]


def check_words(case: Case, failed: list[dict]) -> None:
    rules = {found["rule"] for item in failed for found in item.get("findings", [])}
    assert rules == set(case.listed("rules")), [item["message"] for item in failed]
    if "says" in case.header:
        about = [item["message"] for item in failed if case.kind == "illegal" or item["stage"] != "legality"]
        assert re.search(case.header["says"], about[0]), about[0]
    if "hints" in case.header:
        # The first item that fails is the one that a student is shown; of small exercises each has its own.
        told = failed if len(case.exercise.functions) > 1 else failed[:1]
        hints = {item["name"]: item.get("hint", "") for item in told}
        assert {name for name, hint in hints.items() if not re.search(case.header["hints"], hint)} == set(), hints


@pytest.mark.thorough(one_of_each=lambda key: key)  # which is all: they are quick
@pytest.mark.parametrize("key", CASES)
def test_the_header_of_a_case_makes_sense(key: str) -> None:
    case = CASES[key]
    assert "case" in case.header
    assert (bool(case.fails), bool(case.listed("rules"))) in SHAPES[case.kind]
    assert set(case.fails) <= {*case.exercise.points, "compiles"}
    assert case.replaced or not case.exercise.functions


def kind(key: str) -> tuple[str, str]:
    """The kind of a case, and the stage that decides on it."""
    case = CASES[key]
    if case.exercise.name == "answers":
        return case.kind, "answer"
    return case.kind, "legality" if case.listed("rules") else "build" if "compiles" in case.fails else "parity"


@pytest.mark.thorough(one_of_each=kind)
@pytest.mark.parametrize("key", IN_TURN)
def test_case(key: str, grades: dict[str, Graded]) -> None:
    pack, grade = grades[key]
    check(CASES[key], pack, grade.result())


@pytest.mark.thorough(one_of_each=lambda key: "speed")
@pytest.mark.parametrize("key", TIMED)
def test_timed_case(key: str, tmp_path: Path) -> None:
    case = CASES[key]
    check(case, (case,), support.grade_file(case.exercise, support.source([case]), tmp_path))
