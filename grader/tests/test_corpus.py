"""Grades the small submissions of corpus/ and holds every item against what the header of the case says.

Run by pytest (`make test`); needs the built grader, in the folder that LAB_BUILD names. One wrong file must cost
exactly the items that it names, and nothing else."""

from __future__ import annotations

import re

import pytest

from grader.tests import corpus_support as support
from grader.tests.corpus_support import Case, Grade

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")

CASES = {f"{case.kind}/{case.name}": case for case in support.cases()}
# Right in evaluate means that the speed is measured: one at a time, with nothing else running.
TIMED = [key for key, case in CASES.items() if ("evaluation", "fast") in support.expected(case)]
IN_TURN = [key for key in CASES if key not in TIMED]


@pytest.fixture(scope="session")
def grades(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """The grades of all cases that this session asks for."""
    asked = [item.callspec.params["key"] for item in request.session.items if "grades" in item.fixturenames]
    wanted = {key: (CASES[key].exercise, support.source(CASES[key])) for key in asked}
    return support.grade_in_turn(wanted, tmp_path_factory.mktemp("corpus"))


def check(case: Case, grade: Grade) -> None:
    assert grade.code == 0, grade.output
    items = grade.items(case.exercise.name)
    points = {**case.exercise.points, **case.exercise.speed}
    wanted = dict(support.expected(case))
    statuses = {name: item["status"] for name, item in items.items()}
    if "compiles" in case.fails:  # what the inspection makes of a file that is no C++ does not matter
        wanted = {name: statuses[name] if " " in name and "allowed" in name else s for name, s in wanted.items()}
    wanted = {name: statuses[name] if s == "fast" and is_fast(items[name]) else s for name, s in wanted.items()}
    messages = [f"{name}: {item['message']}" for name, item in items.items() if item["message"]]
    assert statuses == wanted, messages
    for name, item in items.items():
        earned = points.get(name, 0.0) if item["status"] in ("pass", "inconclusive") else 0.0
        assert item["points"] == earned, name
    check_words(case, items)


def is_fast(item: dict) -> bool:
    return item["status"] in ("pass", "inconclusive")


def check_words(case: Case, items: dict[str, dict]) -> None:
    failed = [item for item in items.values() if item["status"] == "fail"]
    rules = {found["rule"] for item in failed for found in item.get("findings", [])}
    assert rules == set(case.listed("rules")), [item["message"] for item in failed]
    if "says" in case.header:
        about = [item for item in failed if case.kind == "illegal" or item["stage"] != "legality"]
        assert re.search(case.header["says"], about[0]["message"]), about[0]["message"]


@pytest.mark.parametrize("key", CASES)
def test_the_header_of_a_case_makes_sense(key: str) -> None:
    case = CASES[key]
    assert case.kind in support.KINDS and "case" in case.header and case.replaced or not case.exercise.functions
    assert set(case.fails) <= {*case.exercise.points, "compiles"}
    has = (bool(case.fails), bool(case.listed("rules")))
    assert has in {"right": [(0, 0)], "wrong": [(1, 0)], "illegal": [(0, 1)], "broken": [(1, 0), (1, 1)]}[case.kind]


@pytest.mark.parametrize("key", IN_TURN)
def test_case(key: str, grades) -> None:
    check(CASES[key], grades[key].result())


@pytest.mark.parametrize("key", TIMED)
def test_timed_case(key: str, tmp_path) -> None:
    case = CASES[key]
    check(case, support.grade_file(case.exercise, support.source(case), tmp_path))
